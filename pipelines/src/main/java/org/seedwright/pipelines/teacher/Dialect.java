package org.seedwright.pipelines.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.ChatModel;
import java.util.Optional;
import org.seedwright.pipelines.teacher.Reading.NoReplyException;

/**
 * How one service wants to be asked, and what its replies and refusals mean. LangChain4j writes the
 * requests. Replies are read from the body itself: LangChain4j's message joins the parts of a text
 * with line breaks that the model did not write, counts no tokens of thinking for some services,
 * and forgets why a reply was withheld.
 */
interface Dialect extends Refusals {

  /** A stand-in where LangChain4j wants a model's name; each request names its own. */
  String NAMED_BY_EACH_REQUEST = "named-by-each-request";

  /**
   * The way to the service.
   *
   * @param baseUrl without a slash at its end
   */
  record Way(HttpClientBuilder http, String baseUrl, Secret secret) {}

  /**
   * Makes LangChain4j's model, which retries nothing and logs nothing.
   *
   * @param seed for services that draw reproducibly; it is no parameter of a request in LangChain4j
   */
  ChatModel model(Way way, Optional<Integer> seed);

  /**
   * Reads the body of a reply that came with a status of success.
   *
   * @throws NoReplyException if it is no reply with an ending of the model's own
   */
  Reading read(JsonNode body) throws NoReplyException;
}
