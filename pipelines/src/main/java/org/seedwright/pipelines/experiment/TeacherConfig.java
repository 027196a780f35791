package org.seedwright.pipelines.experiment;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A teacher: who is asked, how it decodes and how patiently it is asked. The key itself is never
 * here, only the name of the environment variable that holds it.
 *
 * @param baseUrl always there with {@link Provider#OPENAI}; with a service that has an address of
 *     its own, empty for that one
 * @param apiKeyEnv always there with a service that sells its replies
 * @param temperature 0 to 2, or less where the service takes less; empty leaves it to the service
 * @param topP above 0, at most 1; empty leaves it to the service
 * @param seed sent to the service, within what it takes; empty sends none
 * @param maxOutputTokens 1 to 1,000,000
 * @param timeoutSeconds 1 to 3,600, for one attempt
 * @param attempts 1 to 20, the first included
 * @param recording present with {@link Provider#RECORDED} only, and always there; absolute
 * @param price of its tokens; empty where it is not told
 */
public record TeacherConfig(
    Provider provider,
    Optional<URI> baseUrl,
    String model,
    Optional<String> apiKeyEnv,
    Optional<Double> temperature,
    Optional<Double> topP,
    Optional<Long> seed,
    int maxOutputTokens,
    int timeoutSeconds,
    int attempts,
    Optional<Path> recording,
    Optional<PriceConfig> price) {

  /**
   * Magicoder asked for at most 2,500 tokens ({@code generate_data.py}, {@code max_new_tokens}).
   */
  private static final int MAX_OUTPUT_TOKENS = 2500;

  public TeacherConfig {
    requireNonNull(provider, "provider is null");
    requireNonNull(baseUrl, "baseUrl is null");
    requireNonNull(model, "model is null");
    requireNonNull(apiKeyEnv, "apiKeyEnv is null");
    requireNonNull(temperature, "temperature is null");
    requireNonNull(topP, "topP is null");
    requireNonNull(seed, "seed is null");
    requireNonNull(recording, "recording is null");
    requireNonNull(price, "price is null");
  }

  /** Who answers. */
  public enum Provider implements Word {
    /** Any service that speaks the OpenAI protocol, at a base URL. */
    OPENAI("openai"),
    /** Anthropic, or who speaks its protocol. */
    ANTHROPIC("anthropic"),
    /** Google's Gemini API. */
    GEMINI("gemini"),
    /** Ollama by its own protocol. */
    OLLAMA("ollama"),
    /** Mistral. */
    MISTRAL("mistral"),
    /** A file of replies received before; nobody is asked. */
    RECORDED("recorded"),
    /** A batch service: requests are exported as a file, its replies imported. */
    BATCH("batch");

    private final String id;

    Provider(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    /** Those that are asked over the network. */
    private static final Set<Provider> ASKED = Set.of(OPENAI, ANTHROPIC, GEMINI, OLLAMA, MISTRAL);

    /** Those that answer nobody without a key. */
    private static final Set<Provider> SELLING = Set.of(ANTHROPIC, GEMINI, MISTRAL);
  }

  static TeacherConfig bind(Section section) {
    Value<Provider> provider =
        section
            .key(
                "provider",
                "Who answers: a service that speaks the OpenAI protocol, one with a protocol of its"
                    + " own, a recording, or a batch service by files.")
            .is(Kinds.word(Provider.class));
    return new TeacherConfig(
        provider.required(),
        section
            .key(
                "base-url",
                "Address of the service, up to and including its version (/v1) where it has one.")
            .is(Paths.address())
            .requiredWhen(provider, Set.of(Provider.OPENAI), Provider.ASKED),
        section
            .key("model", "Name of the model as the service knows it.")
            .is(Kinds.text().called("the name of a model"))
            .required(),
        section
            .key(
                "api-key-env",
                "Name of the environment variable that holds the key; left out where none is needed.")
            .is(variableName())
            .requiredWhen(provider, Provider.SELLING, Provider.ASKED),
        temperature(section, provider),
        section
            .key("top-p", "Nucleus sampling; left to the service where it is not given.")
            .is(Kinds.decimalAbove(0, 1))
            .optional(),
        seed(section, provider),
        section
            .key("max-output-tokens", "Tokens after which a reply is cut off.")
            .is(Kinds.integer(1, 1_000_000))
            .orElse(MAX_OUTPUT_TOKENS),
        section
            .key("timeout-seconds", "Seconds to wait for one attempt at a reply.")
            .is(Kinds.integer(1, 3600))
            .orElse(120),
        section
            .key("attempts", "Times a request is sent before it counts as failed.")
            .is(Kinds.integer(1, 20))
            .orElse(6),
        section
            .key("recording", "JSONL file of replies, for the recorded provider.")
            .is(Paths.file())
            .requiredWhen(provider, Provider.RECORDED),
        section
            .key("price", "What its tokens cost; needed where limits.budget-usd is given.")
            .is(Groups.section(PriceConfig::bind))
            .optional());
  }

  private static Optional<Double> temperature(Section section, Value<Provider> provider) {
    Value<Double> temperature =
        section
            .key("temperature", "Sampling temperature; left to the service where it is not given.")
            .is(Kinds.decimal(0, 2));
    double most = provider.read().map(TeacherConfig::hottest).orElse(2.0);
    if (temperature.read().filter(value -> value > most).isPresent()) {
      String range =
          "0 to %s with provider: %s".formatted(Kinds.plain(most), provider.read().get().id());
      temperature.refuse(
          range, "%s is not in %s".formatted(Kinds.plain(temperature.read().get()), range));
    }
    return temperature.optional();
  }

  /** The highest temperature that a provider's documentation allows. */
  private static double hottest(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> 1;
      case MISTRAL -> 1.5;
      case OPENAI, GEMINI, OLLAMA, RECORDED, BATCH -> 2;
    };
  }

  private static Optional<Long> seed(Section section, Value<Provider> provider) {
    Value<Long> seed =
        section
            .key("seed", "Seed sent with every request; none where it is not given.")
            .is(Kinds.whole(Long.MIN_VALUE, Long.MAX_VALUE));
    if (seed.read().isPresent() && provider.read().isPresent()) {
      String id = provider.read().get().id();
      switch (provider.read().get()) {
        case ANTHROPIC ->
            seed.refuse("none", "is not taken by provider: %s (valid: no seed)".formatted(id));
        case MISTRAL -> within(seed, 0, id);
        case GEMINI, OLLAMA -> within(seed, Integer.MIN_VALUE, id);
        case OPENAI, RECORDED, BATCH -> {
          // Sent in 64 bits.
        }
      }
    }
    return seed.optional();
  }

  private static void within(Value<Long> seed, int least, String provider) {
    long value = seed.read().orElseThrow();
    if (value < least || value > Integer.MAX_VALUE) {
      String range = "%d to %d with provider: %s".formatted(least, Integer.MAX_VALUE, provider);
      seed.refuse(range, "%d is not in %s".formatted(value, range));
    }
  }

  /** Whether asking it sends something that may be paid for. */
  public boolean sends() {
    return provider != Provider.RECORDED;
  }

  /**
   * An environment variable; what does not look like one may be a key put there by mistake, and is
   * not shown.
   */
  private static Kind<String> variableName() {
    String pattern = "[A-Z][A-Z0-9_]{0,99}";
    String range = "the name of an environment variable in capitals, such as OPENAI_API_KEY";
    return new Kind<>(
        range,
        Kinds.type("string").put("pattern", "^" + pattern + "$"),
        () -> "NAME",
        (node, place) -> {
          Optional<String> name = Kinds.scalar(node, Tag.STR).filter(text -> text.matches(pattern));
          return name.isPresent() ? name : place.value(node).refuse("", range, "is not " + range);
        });
  }

  Map<String, Object> resolved() {
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("provider", provider);
    keys.put("base-url", baseUrl);
    keys.put("model", model);
    keys.put("api-key-env", apiKeyEnv);
    keys.put("temperature", temperature);
    keys.put("top-p", topP);
    keys.put("seed", seed);
    keys.put("max-output-tokens", maxOutputTokens);
    keys.put("timeout-seconds", timeoutSeconds);
    keys.put("attempts", attempts);
    keys.put("recording", recording);
    keys.put("price", price.map(PriceConfig::resolved));
    return keys;
  }
}
