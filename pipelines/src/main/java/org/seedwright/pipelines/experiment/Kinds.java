package org.seedwright.pipelines.experiment;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Kinds of single values: numbers, text, words. */
final class Kinds {

  /** Names that a file gives to itself and to its sources. */
  static final String NAME = "[a-z0-9][a-z0-9-]{0,63}";

  /** Prices and budgets are told to the millionth of a dollar. */
  private static final int MONEY_DECIMALS = 6;

  private Kinds() {}

  static Kind<Integer> integer(int least, int most) {
    return whole(least, most).as(Math::toIntExact);
  }

  /** A whole number from {@code least} to {@code most}, both allowed. */
  static Kind<Long> whole(long least, long most) {
    String range = "%d to %d".formatted(least, most);
    ObjectNode schema = type("integer").put("minimum", least).put("maximum", most);
    return new Kind<>(
        range,
        schema,
        () -> least,
        (node, place) -> {
          Optional<BigInteger> number =
              scalar(node, Tag.INT).flatMap(text -> numberOf(() -> new BigInteger(text)));
          if (number.isEmpty()) {
            return refuse(node, place, range, "is not a whole number (valid: %s)".formatted(range));
          }
          if (number.get().compareTo(BigInteger.valueOf(least)) < 0
              || number.get().compareTo(BigInteger.valueOf(most)) > 0) {
            return refuse(node, place, range, "is not in " + range);
          }
          return Optional.of(number.get().longValueExact());
        });
  }

  /** A number from {@code least} to {@code most}, both allowed. */
  static Kind<Double> decimal(double least, double most) {
    String range = "%s to %s".formatted(plain(least), plain(most));
    ObjectNode schema = type("number").put("minimum", least).put("maximum", most);
    return decimal(range, "is not in " + range, schema, least, most);
  }

  /** A number greater than {@code bound} and at most {@code most}. */
  static Kind<Double> decimalAbove(double bound, double most) {
    String range = "above %s, at most %s".formatted(plain(bound), plain(most));
    return decimal(
        range,
        "is not " + range,
        type("number").put("exclusiveMinimum", bound).put("maximum", most),
        Math.nextUp(bound),
        most);
  }

  /** Dollars from 0 to {@code most}, to the millionth; equal amounts are equal values. */
  static Kind<BigDecimal> money(long most) {
    String range = "0 to %d, at most %d decimals".formatted(most, MONEY_DECIMALS);
    return new Kind<>(
        range,
        type("number").put("minimum", 0).put("maximum", most),
        () -> BigDecimal.ZERO,
        (node, place) -> {
          Optional<BigDecimal> number =
              scalar(node, Tag.INT)
                  .or(() -> scalar(node, Tag.FLOAT))
                  .flatMap(text -> numberOf(() -> new BigDecimal(text)));
          if (number.isEmpty()) {
            return refuse(node, place, range, "is not a number (valid: %s)".formatted(range));
          }
          // Compared before it is rescaled: 1e999999999 has too many digits to write out.
          if (number.get().signum() < 0
              || number.get().compareTo(BigDecimal.valueOf(most)) > 0
              || number.get().stripTrailingZeros().scale() > MONEY_DECIMALS) {
            return refuse(node, place, range, "is not in " + range);
          }
          BigDecimal shortest = number.get().stripTrailingZeros();
          return Optional.of(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
        });
  }

  private static Kind<Double> decimal(
      String range, String outside, ObjectNode schema, double least, double most) {
    return new Kind<>(
        range,
        schema,
        () -> most,
        (node, place) -> {
          Optional<Double> number =
              scalar(node, Tag.INT)
                  .or(() -> scalar(node, Tag.FLOAT))
                  .flatMap(text -> numberOf(() -> new BigDecimal(text).doubleValue()));
          if (number.isEmpty()) {
            return refuse(node, place, range, "is not a number (valid: %s)".formatted(range));
          }
          if (number.get() < least || number.get() > most) {
            return refuse(node, place, range, outside);
          }
          return number;
        });
  }

  static Kind<Boolean> flag() {
    String range = "true or false";
    return new Kind<>(
        range,
        type("boolean"),
        () -> false,
        (node, place) -> {
          Optional<Boolean> read =
              scalar(node, Tag.BOOL)
                  .filter(text -> text.equals("true") || text.equals("false"))
                  .map(Boolean::valueOf);
          return read.isPresent() ? read : refuse(node, place, range, "is not " + range);
        });
  }

  /** Text on one line, not blank, at most 1,000 characters. */
  static Kind<String> text() {
    String range = "text on one line";
    return new Kind<>(
        range,
        type("string").put("minLength", 1).put("maxLength", 1000),
        () -> "text",
        (node, place) -> {
          Optional<String> text = scalar(node, Tag.STR);
          if (text.isEmpty()) {
            return refuse(node, place, range, notText(node));
          }
          if (text.get().isBlank()
              || text.get().length() > 1000
              || text.get().chars().anyMatch(Character::isISOControl)) {
            return refuse(node, place, range, "is not text on one line of 1 to 1000 characters");
          }
          return text;
        });
  }

  /** Text that matches a pattern as a whole. */
  static Kind<String> matching(String pattern, String range, String placeholder) {
    Pattern whole = Pattern.compile(pattern);
    return new Kind<>(
        range,
        type("string").put("pattern", "^(" + pattern + ")$"),
        () -> placeholder,
        (node, place) ->
            text()
                .read(node, place)
                .flatMap(
                    text ->
                        whole.matcher(text).matches()
                            ? Optional.of(text)
                            : refuse(node, place, range, "is not " + range)));
  }

  static Kind<String> name() {
    return matching(NAME, "a name of a-z, 0-9 and hyphens, 1 to 64 characters", "name");
  }

  /** One of the words of an enum; the first is the placeholder. */
  static <W extends Enum<W> & Word> Kind<W> word(Class<W> words) {
    List<String> ids = Stream.of(words.getEnumConstants()).map(Word::id).toList();
    ObjectNode schema = type("string");
    ArrayNode list = schema.putArray("enum");
    ids.forEach(list::add);
    return oneOf(ids, "", schema)
        .as(
            id ->
                Stream.of(words.getEnumConstants())
                    .filter(word -> word.id().equals(id))
                    .findFirst()
                    .orElseThrow());
  }

  /** One of the ids of a vocabulary, which the schema does not list: they grow without it. */
  static Kind<String> idOf(String what, Collection<String> ids) {
    return oneOf(ids, what, type("string"));
  }

  private static Kind<String> oneOf(Collection<String> ids, String what, ObjectNode schema) {
    String list = ids.stream().collect(joining(", "));
    String range = ids.size() == 1 ? list : "one of " + list;
    return new Kind<>(
        range,
        schema,
        () -> ids.stream().findFirst().orElse(""),
        (node, place) -> {
          Optional<String> id = scalar(node, Tag.STR);
          if (id.isPresent() && ids.contains(id.get())) {
            return id;
          }
          String near = id.map(text -> Nearest.suggestion(text, ids)).orElse("");
          String message =
              ids.isEmpty()
                  ? "is not known; none are"
                  : what.isEmpty()
                      ? "is not %s%s".formatted(range, near)
                      : "is not a known %s%s (known: %s)".formatted(what, near, list);
          return refuse(node, place, range, message);
        });
  }

  /** Adds a problem in the line of the value; its message begins with the value. */
  static <T> Optional<T> refuse(Node node, Place place, String range, String message) {
    return place.value(node).refuse(Shown.value(node), range, Shown.quoted(node) + " " + message);
  }

  static ObjectNode type(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** Returns the text of a scalar that YAML takes for this type. */
  static Optional<String> scalar(Node node, Tag tag) {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(tag)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  static String notText(Node node) {
    return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
        ? "is not text; put it in quotes"
        : "is not text";
  }

  private interface Digits<N> {
    N read();
  }

  // An explicit tag (!!int x) or .nan can make a number of text that is none.
  private static <N> Optional<N> numberOf(Digits<N> digits) {
    try {
      return Optional.of(digits.read());
    } catch (NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
