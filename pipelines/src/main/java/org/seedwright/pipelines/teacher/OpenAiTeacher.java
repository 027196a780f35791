package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.seedwright.evolve.Ending;
import org.seedwright.evolve.instruct.Mark;
import org.seedwright.pipelines.store.Reply;
import org.seedwright.pipelines.store.TeacherRequest;

/**
 * Asks a server that speaks the OpenAI chat protocol (OpenAI, vLLM, Ollama, LM Studio, DeepSeek,
 * OpenRouter…) once: trying again is {@link Answering}'s. What is no whole reply with an ending of
 * the model's own is a failure.
 */
public final class OpenAiTeacher implements Teacher {
  /** A server whose fingerprint begins so made its replies up; rows made of them are marked. */
  public static final String SIMULATED_FINGERPRINT = "seedwright-simulated";

  /** Said for a server that does not name the model it used. */
  public static final String MODEL_NOT_REPORTED = "not-reported";

  /** A reply of 100,000 tokens is well under 1 MiB; this leaves room for any escaping. */
  private static final int LARGEST_BODY = 32 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenAiAccess access;
  private final Terms terms;
  private final Secret secret;
  private final Exchange http;
  private final OpenAiChatModel model;

  /**
   * @param environment looks an environment variable up: {@code System::getenv}
   * @throws IllegalArgumentException when the variable named for the key is not set
   */
  public OpenAiTeacher(OpenAiAccess access, Terms terms, UnaryOperator<String> environment) {
    this(access, terms, Secret.of(access.apiKeyVariable(), environment));
  }

  private OpenAiTeacher(OpenAiAccess access, Terms terms, Secret secret) {
    this(
        access,
        terms,
        secret,
        new WholeReplies(access.timeout(), LARGEST_BODY, secret, Refusals.USUAL));
  }

  /** Asks over an exchange that is not the network. */
  OpenAiTeacher(OpenAiAccess access, Terms terms, Secret secret, Exchange http) {
    this.access = access;
    this.terms = terms;
    this.secret = secret;
    this.http = http;
    this.model =
        OpenAiChatModel.builder()
            .httpClientBuilder(http.asBuilder())
            .baseUrl(access.baseUrl().toString())
            .apiKey(secret.value())
            .modelName("named-by-each-request")
            .maxRetries(0)
            .returnThinking(true)
            .logRequests(false)
            .logResponses(false)
            .build();
  }

  @Override
  public Reply ask(TeacherRequest request, int maxOutputTokens)
      throws TeacherException, InterruptedException {
    request.checkText();
    http.forgetBody();
    try {
      return reply(request, maxOutputTokens, model.chat(chatRequest(request, maxOutputTokens)));
    } catch (ContentFilteredException e) {
      return refusal(request, maxOutputTokens);
    } catch (RuntimeException e) {
      throw failure(e);
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

  /** What a failed exchange was, whatever LangChain4j wrapped around it. */
  private TeacherException failure(RuntimeException failure) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted while a request was open");
    }
    if (failure instanceof CallFailed known) {
      return known.toTeacherException();
    }
    if (http.lastBody().isPresent()) {
      return malformed(failure.getClass().getSimpleName());
    }
    throw failure;
  }

  private ChatRequest chatRequest(TeacherRequest request, int maxOutputTokens) {
    Parameters parameters = new Parameters(request, maxOutputTokens);
    return ChatRequest.builder()
        .messages(request.messages().stream().map(ChatTeacher::message).toList())
        .parameters(parameters.build(access.tokenLimit()))
        .build();
  }

  /** Sends what is present and leaves what is absent to the server. */
  private record Parameters(TeacherRequest request, int maxOutputTokens) {
    OpenAiChatRequestParameters build(OpenAiAccess.TokenLimit limit) {
      var parameters = OpenAiChatRequestParameters.builder().modelName(request.model());
      request.decoding().temperature().ifPresent(parameters::temperature);
      request.decoding().topP().ifPresent(parameters::topP);
      // LangChain4j's own field for the seed holds 32 bits only.
      request
          .decoding()
          .seed()
          .ifPresent(seed -> parameters.customParameters(Map.of("seed", seed)));
      if (!request.decoding().stop().isEmpty()) {
        parameters.stopSequences(request.decoding().stop());
      }
      switch (limit) {
        case MAX_TOKENS -> parameters.maxOutputTokens(maxOutputTokens);
        case MAX_COMPLETION_TOKENS -> parameters.maxCompletionTokens(maxOutputTokens);
      }
      return parameters.build();
    }
  }

  private Reply reply(TeacherRequest request, int cap, ChatResponse response)
      throws TeacherException {
    var metadata = (OpenAiChatResponseMetadata) response.metadata();
    Ending ending = ending(response.finishReason());
    AiMessage message = response.aiMessage();
    Thinking parted =
        Thinking.in(
            Optional.ofNullable(message.text()).orElse(""),
            Optional.ofNullable(message.thinking()).filter(text -> !text.isBlank()));
    TokenUsage usage = metadata.tokenUsage();
    return new Reply(
        request.key(),
        ending,
        secret.strikeFrom(parted.answer()),
        parted.thinking().map(secret::strikeFrom),
        served(metadata.modelName()),
        usage == null ? 0 : count(usage.inputTokenCount()),
        usage == null ? 0 : count(usage.outputTokenCount()),
        cap,
        mark(metadata.systemFingerprint()));
  }

  private Ending ending(FinishReason reason) throws TeacherException {
    if (reason == null) {
      throw malformed("no known finish_reason");
    }
    return switch (reason) {
      case STOP -> Ending.STOP;
      case LENGTH -> Ending.LENGTH;
      case CONTENT_FILTER -> Ending.CONTENT_FILTER;
      case TOOL_EXECUTION, OTHER -> throw malformed("finish_reason " + reason);
    };
  }

  /** LangChain4j throws at a refusal and drops usage and model; both are in the body. */
  private Reply refusal(TeacherRequest request, int cap) throws TeacherException {
    JsonNode body;
    try {
      body = JSON.readTree(http.lastBody().orElseThrow());
    } catch (JsonProcessingException e) {
      throw malformed("refusal without JSON");
    }
    return new Reply(
        request.key(),
        Ending.REFUSAL,
        secret.strikeFrom(body.path("choices").path(0).path("message").path("refusal").asText()),
        Optional.empty(),
        served(body.path("model").textValue()),
        body.path("usage").path("prompt_tokens").asLong(0),
        body.path("usage").path("completion_tokens").asLong(0),
        cap,
        mark(body.path("system_fingerprint").textValue()));
  }

  private TeacherException malformed(String what) {
    return RetriableTeacherException.malformed(
        access.baseUrl(), secret, what, http.lastBody().orElse(""));
  }

  private static String served(String model) {
    return model == null || model.isBlank() ? MODEL_NOT_REPORTED : model;
  }

  private static long count(Integer tokens) {
    return tokens == null ? 0 : tokens;
  }

  private static Mark mark(String fingerprint) {
    return fingerprint != null && fingerprint.startsWith(SIMULATED_FINGERPRINT)
        ? Mark.SIMULATED
        : Mark.TEACHER;
  }

  @Override
  public String toString() {
    return "OpenAiTeacher[%s, %s]".formatted(access.baseUrl(), secret);
  }
}
