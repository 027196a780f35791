package org.seedwright.pipelines.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Gives every request the same small reply. Of the request it reads the model's name alone. */
final class Canned implements Teaching {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int INPUT_TOKENS = 400;
  private static final String TEXT =
      """
      [Problem Description]
      Write a function in Python that returns the widest gap between neighbouring numbers of a \
      sorted list, and 0 for a list of fewer than two.

      [Solution]
      ```python
      def widest_gap(numbers):
          return max((b - a for a, b in zip(numbers, numbers[1:])), default=0)
      ```
      """;

  private final Said said =
      ReplyBody.of("chatcmpl-canned", SimulatedTeacher.DEFAULT_MODEL, TEXT)
          .said(Optional.empty(), INPUT_TOKENS);

  @Override
  public Said reply(byte[] body) throws RefusedCallException {
    String model = model(body);
    if (!model.startsWith(SimulatedTeacher.MODEL_PREFIX)) {
      throw RefusedCallException.unknownModel(model);
    }
    return said;
  }

  private static String model(byte[] body) throws RefusedCallException {
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          boolean wanted = json.currentName().equals("model");
          if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
            return json.getText();
          }
          json.skipChildren();
        }
      }
    } catch (IOException e) {
      throw RefusedCallException.noRequest("the request is no JSON");
    }
    throw RefusedCallException.noRequest("the request names no model");
  }
}
