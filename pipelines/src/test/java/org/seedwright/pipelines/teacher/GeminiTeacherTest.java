package org.seedwright.pipelines.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Ending;
import org.seedwright.pipelines.store.Reply;

class GeminiTeacherTest extends ChatTeacherContract {
  @Override
  Service service() {
    return Service.GEMINI;
  }

  @Override
  String base() {
    return "/v1beta";
  }

  @Override
  String path(String model) {
    return "/models/%s:generateContent".formatted(model);
  }

  @Override
  String plainBody() {
    return """
    {"contents": [
      {"role": "user", "parts": [{"text": "u"}]},
      {"role": "model", "parts": [{"text": "a"}]},
      {"role": "user", "parts": [{"text": "v"}]}],
     "systemInstruction": {"role": "model", "parts": [{"text": "s"}]},
     "generationConfig": {"candidateCount": 1, "maxOutputTokens": 321,
      "responseMimeType": "text/plain",
      "responseLogprobs": false, "enableEnhancedCivicAnswers": false}}""";
  }

  @Override
  String fullBody() {
    return plainBody()
        .replace(
            "\"candidateCount\"",
            "\"stopSequences\": [\"END\", \"STOP\"], \"temperature\": 0.5, \"topP\": 0.25, \"seed\": 77,"
                + " \"candidateCount\"");
  }

  @Override
  boolean takesSeeds() {
    return true;
  }

  @Override
  void carriesKey(Headers headers) {
    assertThat(headers.getFirst("x-goog-api-key")).isEqualTo(KEY);
    assertThat(headers.getFirst("Authorization")).isNull();
  }

  private static String ended(String reason) {
    return """
    {"candidates": [{"content": {"role": "model", "parts": [
       {"text": "6*7", "thought": true}, {"text": "42", "thoughtSignature": "c2ln"}]},
      "finishReason": "%s", "index": 0}],
     "usageMetadata": {"promptTokenCount": 11, "candidatesTokenCount": 2, "thoughtsTokenCount": 5,
      "totalTokenCount": 18},
     "modelVersion": "served-1", "responseId": "r1"}"""
        .formatted(reason);
  }

  @Override
  String reply() {
    return ended("STOP");
  }

  @Override
  Map<String, Ending> endings() {
    var endings =
        new HashMap<>(Map.of(ended("STOP"), Ending.STOP, ended("MAX_TOKENS"), Ending.LENGTH));
    for (String filter :
        List.of("SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII")) {
      endings.put(ended(filter), Ending.CONTENT_FILTER);
    }
    return endings;
  }

  @Override
  List<String> malformed() {
    return List.of(
        ended("OTHER"),
        ended("MALFORMED_FUNCTION_CALL"),
        ended("FINISH_REASON_UNSPECIFIED"),
        ended("SOMETHING_NEW"),
        "{\"candidates\": []}",
        "{\"candidates\": [{\"finishReason\": \"STOP\", \"index\": 0}]}",
        reply().replace("\"text\": \"42\", \"thoughtSignature\"", "\"inlineData\""),
        reply().replace("\"finishReason\": \"STOP\",", ""));
  }

  @Override
  String error(String message) {
    return "{\"error\": {\"code\": 400, \"message\": \"%s\", \"status\": \"SOME\"}}"
        .formatted(message);
  }

  @Test
  void aBlockedPromptIsAReplyWithoutText() throws Exception {
    assertThat(
            said(
                """
                {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"},
                 "usageMetadata": {"promptTokenCount": 11, "totalTokenCount": 11},
                 "modelVersion": "served-1"}"""))
        .extracting(Reply::ending, Reply::text, Reply::servedModel, Reply::inputTokens)
        .containsExactly(Ending.CONTENT_FILTER, "", "served-1", 11L);
  }

  @Test
  void aReplyThatWasWithheldHasNoContent() throws Exception {
    assertThat(said("{\"candidates\": [{\"finishReason\": \"RECITATION\", \"index\": 0}]}"))
        .extracting(Reply::ending, Reply::text, Reply::servedModel)
        .containsExactly(Ending.CONTENT_FILTER, "", "not-reported");
  }

  @Test
  void partsOfATextAreJoinedByNothing() throws Exception {
    assertThat(
            said(reply().replace("{\"text\": \"42\"", "{\"text\": \"4\"}, {\"text\": \"2\""))
                .text())
        .isEqualTo("42");
  }

  @Test
  void aWrongKeyIsToldByTheReasonInABadRequest() {
    assertThat(
            failure(
                    400,
                    """
                    {"error": {"code": 400, "status": "INVALID_ARGUMENT",
                     "message": "API key not valid. Please pass a valid API key.",
                     "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo",
                      "reason": "API_KEY_INVALID", "domain": "googleapis.com"}]}}""")
                .kind())
        .isEqualTo(FailureKind.BAD_KEY);
  }

  @Test
  void theWaitStandsInTheBody() {
    assertThat(
            failure(
                429,
                """
                {"error": {"code": 429, "status": "RESOURCE_EXHAUSTED", "message": "quota",
                 "details": [{"@type": "type.googleapis.com/google.rpc.QuotaFailure"},
                  {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "3.5s"}]}}"""))
        .isInstanceOfSatisfying(
            RetriableTeacherException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofMillis(3500)));
  }
}
