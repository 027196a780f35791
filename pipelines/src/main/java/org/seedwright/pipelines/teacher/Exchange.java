package org.seedwright.pipelines.teacher;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import java.util.Optional;

/** What carries LangChain4j's requests, and keeps the reply's body, which LangChain4j may drop. */
interface Exchange extends HttpClient {
  /** The longest that an exchange may take. */
  Duration timeout();

  /** The body of the reply that this thread received since {@link #forgetBody}. */
  Optional<String> lastBody();

  void forgetBody();

  /** Ends what is open; its callers get a failure. */
  default void cutOff() {}

  /** For LangChain4j's builder, which wants a builder. */
  default HttpClientBuilder asBuilder() {
    return new HttpClientBuilder() {
      @Override
      public Duration connectTimeout() {
        return timeout();
      }

      @Override
      public HttpClientBuilder connectTimeout(Duration ignored) {
        return this;
      }

      @Override
      public Duration readTimeout() {
        return timeout();
      }

      @Override
      public HttpClientBuilder readTimeout(Duration ignored) {
        return this;
      }

      @Override
      public HttpClient build() {
        return Exchange.this;
      }
    };
  }
}
