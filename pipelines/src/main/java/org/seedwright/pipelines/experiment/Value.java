package org.seedwright.pipelines.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The value of a key. A value that was refused, or is missing where it must not be, is replaced by
 * one that is valid, so that binding goes on and finds the other problems; the file is refused all
 * the same.
 *
 * @param read the value in the file; empty where it is absent or was refused
 */
record Value<T>(Key key, Kind<T> kind, Optional<T> read) {

  /** Returns the value; without it the file is refused. */
  T required() {
    key.section().schema().withArray("required").add(key.name());
    if (given().isEmpty()) {
      missing();
    }
    return read.orElseGet(kind.placeholder());
  }

  /**
   * Returns the value, or what stands in for it; without it the file is refused where it is needed.
   * The schema does not tell when it is.
   */
  T requiredIf(boolean needed, T otherwise) {
    if (needed && given().isEmpty()) {
      missing();
    }
    return read.orElseGet(() -> needed ? kind.placeholder().get() : otherwise);
  }

  /** Returns the value, or the default, which the schema tells. */
  T orElse(T fallback) {
    key.property().set("default", Json.of(fallback));
    return read.orElse(fallback);
  }

  /** Returns the value, or what the kind makes of nothing: a mapping with all its defaults. */
  T orDefaults() {
    return read.orElseGet(kind.placeholder());
  }

  Optional<T> optional() {
    return read;
  }

  /**
   * Returns the value, which must be there when the other key holds this word and must not be when
   * it holds another.
   */
  <W extends Enum<W> & Word> Optional<T> requiredWhen(Value<W> other, W word) {
    return requiredWhen(other, Set.of(word), Set.of(word));
  }

  /**
   * Returns the value, which must be there when the other key holds one of the words that demand
   * it, and must not be when it holds none of those that permit it.
   *
   * @param permitting with all that demand
   */
  <W extends Enum<W> & Word> Optional<T> requiredWhen(
      Value<W> other, Set<W> demanding, Set<W> permitting) {
    ObjectNode rule = ruleFor(other, demanding);
    rule.putObject("then").putArray("required").add(key.name());
    forbidElse(demanding.equals(permitting) ? rule : ruleFor(other, permitting));
    if (other.read().filter(demanding::contains).isPresent() && given().isEmpty()) {
      missing();
    }
    return unlessForbidden(other, permitting);
  }

  /** Returns the value, which must not be there when the other key holds another word. */
  <W extends Enum<W> & Word> Optional<T> onlyWhen(Value<W> other, W word) {
    forbidElse(ruleFor(other, Set.of(word)));
    return unlessForbidden(other, Set.of(word));
  }

  /** Returns the value; with the other key beside it, whose place it takes, the file is refused. */
  Optional<T> insteadOf(Value<?> other) {
    ObjectNode both = key.section().schema().putObject("not");
    both.putArray("required").add(other.key().name()).add(key.name());
    if (given().isPresent() && other.given().isPresent()) {
      String range = "not beside " + other.key().name();
      refuse(range, "is %s, which it takes the place of".formatted(range));
    }
    return read;
  }

  /** Refuses the value, where the file has one, because another key takes its place. */
  void notBeside(Value<?> other) {
    if (other.given().isPresent()) {
      String range = "not beside " + other.key().name();
      refuse(range, "is %s, which needs none".formatted(range));
    }
  }

  /**
   * Refuses the value for a reason that its kind does not know; nothing happens where the key is
   * not in the file.
   */
  void refuse(String range, String message) {
    given()
        .ifPresent(
            field ->
                field
                    .place()
                    .value(field.value())
                    .refuse(Shown.value(field.value()), range, message));
  }

  Optional<Field> given() {
    return key.section().field(key.name());
  }

  private void missing() {
    Place place = key.section().place();
    String path = place.path().isEmpty() ? key.name() : place.path() + "." + key.name();
    new Place(place.binding(), path, place.line())
        .refuse("", kind.range(), "is missing (valid: %s)".formatted(kind.range()));
  }

  private <W extends Enum<W> & Word> Optional<T> unlessForbidden(Value<W> other, Set<W> words) {
    if (other.read().isPresent() && !words.contains(other.read().get())) {
      String list = words.stream().sorted().map(Word::id).collect(Collectors.joining(", "));
      String only = "only with %s: %s".formatted(other.key().name(), list);
      refuse(only, "is %s".formatted(only));
      return Optional.empty();
    }
    return read;
  }

  private <W extends Enum<W> & Word> ObjectNode ruleFor(Value<W> other, Set<W> words) {
    ObjectNode rule = key.section().schema().withArray("allOf").addObject();
    ObjectNode condition = rule.putObject("if");
    ObjectNode value = condition.putObject("properties").putObject(other.key().name());
    if (words.size() == 1) {
      value.put("const", words.iterator().next().id());
    } else {
      ArrayNode ids = value.putArray("enum");
      words.stream().sorted().map(Word::id).forEach(ids::add);
    }
    condition.putArray("required").add(other.key().name());
    return rule;
  }

  private void forbidElse(ObjectNode rule) {
    rule.putObject("else")
        .putObject("properties")
        .set(key.name(), JsonNodeFactory.instance.booleanNode(false));
  }
}
