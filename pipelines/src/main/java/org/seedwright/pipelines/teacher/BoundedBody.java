package org.seedwright.pipelines.teacher;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects a body of bounded size; a larger one ends the exchange instead of the heap. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final int limit;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private volatile Flow.Subscription subscription;

  BoundedBody(int limit) {
    this.limit = limit;
  }

  /** Has something done once the body is whole or has failed. */
  void whenEnded(Runnable after) {
    var unused = body.whenComplete((whole, failure) -> after.run());
  }

  /** Ends the exchange if the body is not whole yet. */
  void fail(CallFailed failure) {
    if (body.completeExceptionally(failure)) {
      Flow.Subscription reading = subscription;
      if (reading != null) {
        reading.cancel();
      }
    }
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (body.isDone()) {
        return;
      }
      if (buffer.remaining() > limit - bytes.size()) {
        subscription.cancel();
        body.completeExceptionally(
            CallFailed.of(
                FailureKind.MALFORMED_REPLY,
                "the reply is larger than %,d bytes".formatted(limit)));
        return;
      }
      byte[] part = new byte[buffer.remaining()];
      buffer.get(part);
      bytes.writeBytes(part);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }
}
