package org.seedwright.pipelines.simulate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.seedwright.pipelines.simulate.http.EventLoop;
import org.seedwright.pipelines.simulate.http.HttpReply;

/** Brings what was said to the client, or lets it fail in one of the ways there are. */
final class Delivery {
  static final int GIGANTIC_MIB = 40;

  private static final int MIB = 1 << 20;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Time for the client to read what came before the reset. */
  private static final Duration BEFORE_RESET = Duration.ofMillis(20);

  private static final byte[] PAGE =
      "<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body>An error.</body></html>\n"
          .getBytes(US_ASCII);

  private final EventLoop loop;
  private final ExchangeLog log;
  private final Duration dripEvery;
  private final InstantSource clock;

  Delivery(EventLoop loop, ExchangeLog log, Duration dripEvery, InstantSource clock) {
    this.loop = loop;
    this.log = log;
    this.dripEvery = dripEvery;
    this.clock = clock;
  }

  /** The whole reply. */
  void answer(Exchange exchange) {
    if (exchange.isOver()) {
      return;
    }
    log.answered(exchange.number(), exchange.said());
    exchange.begin();
    exchange.connection().write(ok(exchange.said().body()).whole(), exchange::done);
  }

  /** A 429 of the server's own limits, or another refusal; the exchange goes on no further. */
  void refuse(Exchange exchange, HttpReply reply, String fault) {
    if (exchange.isOver()) {
      return;
    }
    failed(exchange, Optional.of(reply.status()), fault, false);
    exchange.connection().write(reply.whole(), exchange::done);
  }

  /** A reset before a byte of the reply. */
  void reset(Exchange exchange, String fault) {
    if (exchange.isOver()) {
      return;
    }
    failed(exchange, Optional.empty(), fault, false);
    exchange.connection().reset();
  }

  void fail(Exchange exchange, TransportFault fault) {
    if (exchange.isOver()) {
      return;
    }
    switch (fault) {
      case RATE_LIMIT -> refuse(exchange, tooMany(RetryAfter.NONE, SECOND), fault.id());
      case RATE_LIMIT_SECONDS -> refuse(exchange, tooMany(RetryAfter.SECONDS, SECOND), fault.id());
      case RATE_LIMIT_DATE -> refuse(exchange, tooMany(RetryAfter.DATE, SECOND), fault.id());
      case SERVER_ERROR -> refuse(exchange, error(500, "server_error"), fault.id());
      case BAD_GATEWAY -> refuse(exchange, HttpReply.of(502, "text/html", PAGE), fault.id());
      case UNAVAILABLE -> refuse(exchange, error(503, "unavailable"), fault.id());
      case OVERLOADED -> refuse(exchange, error(529, "overloaded_error"), fault.id());
      case BAD_KEY -> refuse(exchange, error(401, "invalid_api_key"), fault.id());
      case UNKNOWN_MODEL -> refuse(exchange, error(404, "model_not_found"), fault.id());
      case RESET -> reset(exchange, fault.id());
      case STALL -> failed(exchange, Optional.empty(), fault.id(), false);
      case RESET_MID_BODY ->
          half(
              exchange, fault, () -> loop.after(BEFORE_RESET, () -> exchange.connection().reset()));
      case CUT_OFF -> half(exchange, fault, () -> exchange.connection().close());
      case STALL_MID_BODY -> {
        begun(exchange, fault);
        exchange.connection().write(ok(exchange.said().body()).head());
      }
      case DRIP -> drip(exchange, fault);
      case HTML -> odd(exchange, fault, HttpReply.of(200, "text/html", PAGE));
      case INVALID_JSON -> {
        byte[] body = exchange.said().body();
        odd(exchange, fault, ok(Arrays.copyOf(body, body.length / 2)));
      }
      case EMPTY_CHOICES -> {
        ObjectNode reply = exchange.said().reply().deepCopy();
        reply.putArray("choices");
        odd(exchange, fault, ok(ReplyBody.bytes(reply)));
      }
      case HALF_CHARACTER -> odd(exchange, fault, ok(halfCharacter(exchange.said().reply())));
      case GIGANTIC -> gigantic(exchange, fault);
    }
  }

  /** A 429 that says, or does not say, when to ask again. */
  HttpReply tooMany(RetryAfter retryAfter, Duration wait) {
    HttpReply reply = error(429, "rate_limit_exceeded");
    return retryAfter
        .value(wait, clock.instant())
        .map(value -> reply.with("Retry-After", value))
        .orElse(reply);
  }

  static HttpReply error(int status, String code) {
    return error(status, code, "simulated: " + code.replace('_', ' '));
  }

  static HttpReply error(int status, String code, String message) {
    return HttpReply.of(status, "application/json", ReplyBody.error(code, message));
  }

  static HttpReply ok(byte[] body) {
    return HttpReply.of(200, "application/json", body);
  }

  private void failed(Exchange exchange, Optional<Integer> status, String fault, boolean billed) {
    log.failed(exchange.number(), Optional.of(exchange.said()), status, fault, billed);
    exchange.begin();
  }

  /** A 200 is begun that does not become what was said. */
  private void begun(Exchange exchange, TransportFault fault) {
    failed(exchange, Optional.of(200), fault.id(), true);
  }

  /** A whole 200 with another body than it should have. */
  private void odd(Exchange exchange, TransportFault fault, HttpReply reply) {
    begun(exchange, fault);
    exchange.connection().write(reply.whole(), exchange::done);
  }

  private void half(Exchange exchange, TransportFault fault, Runnable then) {
    begun(exchange, fault);
    HttpReply reply = ok(exchange.said().body());
    exchange.connection().write(reply.head());
    exchange.connection().write(ByteBuffer.wrap(reply.body(), 0, reply.body().length / 2), then);
  }

  private void drip(Exchange exchange, TransportFault fault) {
    begun(exchange, fault);
    HttpReply reply = ok(exchange.said().body());
    exchange.connection().write(reply.head(), () -> drop(exchange, reply.body(), 0));
  }

  private void drop(Exchange exchange, byte[] body, int at) {
    if (exchange.isOver()) {
      return;
    }
    Runnable next =
        at + 1 < body.length
            ? () -> loop.after(dripEvery, () -> drop(exchange, body, at + 1))
            : exchange::done;
    exchange.connection().write(ByteBuffer.wrap(body, at, 1), next);
  }

  /** The reply with the first of an é's two bytes at the end of its text. */
  private static byte[] halfCharacter(ObjectNode reply) {
    ObjectNode odd = reply.deepCopy();
    var message = (ObjectNode) odd.path("choices").path(0).path("message");
    message.put("content", message.path("content").asText("") + "é");
    byte[] body = ReplyBody.bytes(odd);
    byte second = "é".getBytes(UTF_8)[1];
    int at = body.length - 1;
    while (body[at] != second) {
      at--;
    }
    byte[] shorter = Arrays.copyOf(body, body.length - 1);
    System.arraycopy(body, at + 1, shorter, at, body.length - at - 1);
    return shorter;
  }

  private void gigantic(Exchange exchange, TransportFault fault) {
    begun(exchange, fault);
    byte[] letters = new byte[MIB];
    Arrays.fill(letters, (byte) 'a');
    ObjectNode reply = exchange.said().reply().deepCopy();
    ((ObjectNode) reply.path("choices").path(0).path("message")).put("content", "@@");
    String[] around = new String(ReplyBody.bytes(reply), UTF_8).split("@@", 2);
    exchange.connection().write(ok(new byte[0]).headOfChunks());
    exchange.connection().write(chunk(around[0].getBytes(UTF_8)));
    ByteBuffer last = chunk(around[1].getBytes(UTF_8));
    more(exchange, chunk(letters), GIGANTIC_MIB, last);
  }

  private void more(Exchange exchange, ByteBuffer chunk, int times, ByteBuffer last) {
    if (times > 0) {
      exchange.connection().write(chunk.duplicate(), () -> more(exchange, chunk, times - 1, last));
    } else {
      exchange.connection().write(last);
      exchange.connection().write(ByteBuffer.wrap("0\r\n\r\n".getBytes(US_ASCII)), exchange::done);
    }
  }

  private static ByteBuffer chunk(byte[] bytes) {
    byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII);
    return ByteBuffer.allocate(size.length + bytes.length + 2)
        .put(size)
        .put(bytes)
        .put("\r\n".getBytes(US_ASCII))
        .flip();
  }
}
