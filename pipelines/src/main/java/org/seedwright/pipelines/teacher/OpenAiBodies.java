package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * The bodies of the OpenAI chat protocol without a connection: what {@link OpenAiTeacher} sends,
 * and what it makes of a reply, by its own code. For one thread.
 */
public final class OpenAiBodies {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Paper paper = new Paper();
  private final OpenAiTeacher teacher =
      new OpenAiTeacher(
          OpenAiAccess.local(URI.create("http://batch.invalid/v1")),
          Terms.ONCE,
          Secret.of(Optional.empty(), name -> null),
          paper);

  /** Takes what is sent; answers with what was laid ready. */
  private static final class Paper implements Exchange {
    private Optional<String> sent = Optional.empty();
    private Optional<String> ready = Optional.empty();
    private Optional<String> received = Optional.empty();

    @Override
    public Duration timeout() {
      return OpenAiAccess.DEFAULT_TIMEOUT;
    }

    @Override
    public Optional<String> lastBody() {
      return received;
    }

    @Override
    public void forgetBody() {
      received = Optional.empty();
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      sent = Optional.of(request.body());
      if (ready.isEmpty()) {
        throw CallFailed.of(FailureKind.NOT_SENT, "written down only");
      }
      received = ready;
      return SuccessfulHttpResponse.builder().statusCode(200).body(ready.get()).build();
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      throw new UnsupportedOperationException("replies are not streamed");
    }
  }

  /** Returns the body of a request as JSON on one line; equal requests are equal bytes. */
  public String request(TeacherRequest request, int maxOutputTokens) {
    paper.ready = Optional.empty();
    paper.sent = Optional.empty();
    try {
      teacher.ask(request, maxOutputTokens);
    } catch (TeacherException e) {
      // Expected: nothing was sent.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      return JSON.writeValueAsString(JSON.readTree(paper.sent.orElseThrow()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the body of a request is always JSON", e);
    }
  }

  /**
   * Returns the reply in a body that came with a status of success.
   *
   * @throws TeacherException if the body is no reply with an ending of the model's own
   */
  public Reply reply(TeacherRequest request, int maxOutputTokens, String body)
      throws TeacherException, InterruptedException {
    paper.ready = Optional.of(body);
    return teacher.ask(request, maxOutputTokens);
  }

  /** Returns what a reply with an HTTP status of no success means. */
  public static TeacherException refusal(int status, String body) {
    return new CallFailed(
            WholeReplies.kind(status, body),
            OptionalInt.of(status),
            "HTTP %d in a batch: %s".formatted(status, WholeReplies.beginning(body)),
            Optional.empty())
        .toTeacherException();
  }

  /** Returns what it means that a request came back without a reply: it expired, say. */
  public static TeacherException unanswered(FailureKind kind, String message) {
    return CallFailed.of(kind, "no reply in a batch: " + WholeReplies.beginning(message))
        .toTeacherException();
  }
}
