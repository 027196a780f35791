package org.seedwright.pipelines.run;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.seedwright.pipelines.experiment.TeacherConfig;
import org.seedwright.pipelines.teacher.BatchTeacher;
import org.seedwright.pipelines.teacher.ChatTeacher;
import org.seedwright.pipelines.teacher.OpenAiAccess;
import org.seedwright.pipelines.teacher.OpenAiTeacher;
import org.seedwright.pipelines.teacher.RecordedTeacher;
import org.seedwright.pipelines.teacher.Service;
import org.seedwright.pipelines.teacher.ServiceAccess;
import org.seedwright.pipelines.teacher.Teacher;
import org.seedwright.pipelines.teacher.Terms;

/**
 * How a teacher is reached, without its key. Travels to workers with a job, so nothing here is
 * optional in a way that Java cannot serialise.
 *
 * @param baseUrl empty with a provider that has none, and for a service's own address
 * @param apiKeyEnv name of the environment variable that holds the key; empty for none
 * @param timeoutSeconds for one try, 1 or more
 */
record Reach(
    TeacherConfig.Provider provider,
    String baseUrl,
    String apiKeyEnv,
    int timeoutSeconds,
    Terms terms)
    implements Serializable {
  Reach {
    requireNonNull(provider, "provider is null");
    requireNonNull(baseUrl, "baseUrl is null");
    requireNonNull(apiKeyEnv, "apiKeyEnv is null");
    requireNonNull(terms, "terms is null");
  }

  static Reach of(TeacherConfig config) {
    return new Reach(
        config.provider(),
        config.baseUrl().map(URI::toString).orElse(""),
        config.apiKeyEnv().orElse(""),
        config.timeoutSeconds(),
        TeacherFactory.terms(config));
  }

  /**
   * Makes the teacher.
   *
   * @param environment looks an environment variable up
   * @throws IllegalArgumentException if the variable named for the key is not set
   */
  Teacher teacher(UnaryOperator<String> environment) {
    return switch (provider) {
      case RECORDED -> new RecordedTeacher(terms.price());
      case OPENAI ->
          new OpenAiTeacher(
              new OpenAiAccess(
                  URI.create(baseUrl),
                  key(),
                  Duration.ofSeconds(timeoutSeconds),
                  OpenAiAccess.TokenLimit.MAX_TOKENS),
              terms,
              environment);
      case ANTHROPIC -> asked(Service.ANTHROPIC, environment);
      case GEMINI -> asked(Service.GEMINI, environment);
      case OLLAMA -> asked(Service.OLLAMA, environment);
      case MISTRAL -> asked(Service.MISTRAL, environment);
      case BATCH -> new BatchTeacher(terms);
    };
  }

  private Teacher asked(Service service, UnaryOperator<String> environment) {
    return new ChatTeacher(
        service,
        new ServiceAccess(
            baseUrl.isEmpty() ? service.address() : URI.create(baseUrl),
            key(),
            Duration.ofSeconds(timeoutSeconds)),
        terms,
        environment);
  }

  private Optional<String> key() {
    return Optional.of(apiKeyEnv).filter(name -> !name.isEmpty());
  }
}
