package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.seedwright.evolve.Message;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Decoding;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;
import org.seedwright.pipelines.teacher.Reading.NoReplyException;

/**
 * Asks a {@link Service} once: trying again is {@link Answering}'s. What is no whole reply with an
 * ending of the model's own is a failure.
 */
public final class ChatTeacher implements Teacher {
  /** A reply of 100,000 tokens is well under 1 MiB; this leaves room for any escaping. */
  private static final int LARGEST_BODY = 32 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Service service;
  private final ServiceAccess access;
  private final Terms terms;
  private final Secret secret;
  private final Dialect dialect;
  private final Exchange http;

  /** By seed: in LangChain4j a seed belongs to the model. A run has few. */
  private final Map<Optional<Long>, ChatModel> models = new ConcurrentHashMap<>();

  /**
   * @param environment looks an environment variable up: {@code System::getenv}
   * @throws IllegalArgumentException when the variable named for the key is not set
   */
  public ChatTeacher(
      Service service, ServiceAccess access, Terms terms, UnaryOperator<String> environment) {
    this.service = service;
    this.access = access;
    this.terms = terms;
    this.secret = Secret.of(access.apiKeyVariable(), environment);
    this.dialect = service.dialect();
    this.http = new WholeReplies(access.timeout(), LARGEST_BODY, secret, dialect);
  }

  /**
   * @throws IllegalArgumentException if the request holds what this service has no place for: a
   *     seed for Anthropic, one beyond 32 bits, a response format that is not text
   */
  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens)
      throws TeacherException, InterruptedException {
    request.checkText();
    ChatModel model = models.computeIfAbsent(request.decoding().seed(), this::model);
    http.forgetBody();
    try {
      send(model, chatRequest(request, maxOutputTokens));
      return reply(request, maxOutputTokens, http.lastBody().orElseThrow());
    } finally {
      http.forgetBody();
    }
  }

  @Override
  public Terms terms() {
    return terms;
  }

  @Override
  public void cutOff() {
    http.cutOff();
  }

  private ChatModel model(Optional<Long> seed) {
    String address = access.baseUrl().toString().replaceAll("/+$", "");
    return dialect.model(
        new Dialect.Way(http.asBuilder(), address, secret), seed.map(ChatTeacher::small));
  }

  private static int small(long seed) {
    if (seed != (int) seed) {
      throw new IllegalArgumentException(
          "a seed for this service must be %d to %d, but was %d"
              .formatted(Integer.MIN_VALUE, Integer.MAX_VALUE, seed));
    }
    return (int) seed;
  }

  /** After this there is a body; whether LangChain4j could read it does not matter. */
  private void send(ChatModel model, ChatRequest request)
      throws TeacherException, InterruptedException {
    try {
      model.chat(request);
    } catch (RuntimeException failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while a request was open");
      }
      if (failure instanceof CallFailed known) {
        throw known.toTeacherException();
      }
      if (http.lastBody().isEmpty()) {
        throw failure;
      }
    }
  }

  private static ChatRequest chatRequest(TeacherRequest request, int maxOutputTokens) {
    Decoding decoding = request.decoding();
    var parameters =
        ChatRequestParameters.builder().modelName(request.model()).maxOutputTokens(maxOutputTokens);
    decoding.temperature().ifPresent(parameters::temperature);
    decoding.topP().ifPresent(parameters::topP);
    if (!decoding.stop().isEmpty()) {
      parameters.stopSequences(decoding.stop());
    }
    return ChatRequest.builder()
        .messages(request.messages().stream().map(ChatTeacher::message).toList())
        .parameters(parameters.build())
        .build();
  }

  /** The same message as LangChain4j has it. */
  static ChatMessage message(Message message) {
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.content());
      case USER -> UserMessage.from(message.content());
      case ASSISTANT -> AiMessage.from(message.content());
    };
  }

  private Reply reply(TeacherRequest request, int cap, String body) throws TeacherException {
    Reading reading;
    try {
      JsonNode json = JSON.readTree(body);
      if (!json.isObject()) {
        throw new NoReplyException("no JSON object");
      }
      reading = dialect.read(json);
    } catch (JsonProcessingException e) {
      throw malformed(body, "no JSON");
    } catch (NoReplyException e) {
      throw malformed(body, e.getMessage());
    }
    Thinking parted = Thinking.in(reading.text(), reading.thinking());
    return new Reply(
        request.key(),
        reading.ending(),
        secret.strikeFrom(parted.answer()),
        parted.thinking().map(secret::strikeFrom),
        reading.servedModel().orElse(OpenAiTeacher.MODEL_NOT_REPORTED),
        reading.inputTokens(),
        reading.outputTokens(),
        cap,
        Mark.TEACHER);
  }

  private TeacherException malformed(String body, String what) {
    return RetriableTeacherException.malformed(access.baseUrl(), secret, what, body);
  }

  @Override
  public String toString() {
    return "ChatTeacher[%s, %s, %s]".formatted(service, access.baseUrl(), secret);
  }
}
