package org.seedwright.pipelines.teacher;

import java.net.URI;

/** Services with an API of their own, which {@link ChatTeacher} asks. */
public enum Service {
  ANTHROPIC("https://api.anthropic.com/v1"),
  GEMINI("https://generativelanguage.googleapis.com/v1beta"),
  OLLAMA("http://127.0.0.1:11434"),
  MISTRAL("https://api.mistral.ai/v1");

  private final String address;

  Service(String address) {
    this.address = address;
  }

  /** Where its maker serves it; Ollama on the own machine. */
  public URI address() {
    return URI.create(address);
  }

  Dialect dialect() {
    return switch (this) {
      case ANTHROPIC -> new AnthropicDialect();
      case GEMINI -> new GeminiDialect();
      case OLLAMA -> new OllamaDialect();
      case MISTRAL -> new MistralDialect();
    };
  }
}
