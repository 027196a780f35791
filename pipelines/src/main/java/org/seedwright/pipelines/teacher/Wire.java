package org.seedwright.pipelines.teacher;

import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts over HTTP/1.1 and waits in the caller's thread, which a call has to itself anyway: a client
 * with threads of its own hands every reply from one to the other, at twice the CPU time. Each
 * exchange is bounded in time and its body in size; nothing is sent twice, followed elsewhere or
 * decompressed.
 */
final class Wire {
  private static final int ALL = 1 << 16;

  /** Servers close idle connections; one that was idle for this long is looked at before use. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(1);

  /** Ends exchanges that take too long; it does nothing else, so one thread serves all. */
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  /**
   * What came back.
   *
   * @param headers by name, whatever its case
   */
  record Received(int status, Map<String, List<String>> headers, ByteBuffer body) {
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name)).map(values -> values.get(0));
    }
  }

  /** The exchange was not over in time. */
  static final class LateException extends IOException {}

  /** The body was larger than allowed. */
  static final class TooLargeException extends IOException {}

  /** An exchange under way. */
  private static final class Watched {
    private final HttpPost post;
    private volatile boolean late;

    Watched(HttpPost post) {
      this.post = post;
    }

    void end() {
      late = true;
      post.cancel();
    }
  }

  private final Duration timeout;
  private final int largestBody;
  private final CloseableHttpClient client;
  private final Set<HttpPost> open = ConcurrentHashMap.newKeySet();

  Wire(Duration timeout, int largestBody) {
    this.timeout = timeout;
    this.largestBody = largestBody;
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections(timeout))
            .setDefaultRequestConfig(
                RequestConfig.custom().setResponseTimeout(Timeout.DISABLED).build())
            .useSystemProperties()
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableContentCompression()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableDefaultUserAgent()
            .build();
  }

  private static PoolingHttpClientConnectionManager connections(Duration timeout) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .useSystemProperties()
        .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
        .setMaxConnPerRoute(ALL)
        .setMaxConnTotal(ALL)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(timeout))
                .setSocketTimeout(Timeout.DISABLED)
                .setValidateAfterInactivity(IDLE)
                .build())
        .build();
  }

  private static ScheduledThreadPoolExecutor watch() {
    var watch =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              var thread = new Thread(work, "teacher-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }

  /**
   * Sends a request and returns the whole reply, whatever its status.
   *
   * @throws LateException if it was not whole in time
   * @throws TooLargeException if its body is larger than allowed
   */
  Received post(HttpRequest request) throws IOException {
    var post = new HttpPost(request.url());
    request.headers().forEach((name, values) -> values.forEach(v -> post.addHeader(name, v)));
    post.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
    var watched = new Watched(post);
    open.add(post);
    Future<?> watch = WATCH.schedule(watched::end, timeout.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return client.execute(post, this::received);
    } catch (IOException e) {
      if (watched.late) {
        throw new LateException();
      }
      throw e;
    } finally {
      watch.cancel(false);
      open.remove(post);
    }
  }

  private Received received(ClassicHttpResponse response) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      headers.computeIfAbsent(header.getName(), name -> new ArrayList<>(1)).add(header.getValue());
    }
    return new Received(response.getCode(), headers, ByteBuffer.wrap(body(response.getEntity())));
  }

  private byte[] body(HttpEntity entity) throws IOException {
    if (entity == null) {
      return new byte[0];
    }
    if (entity.getContentLength() > largestBody) {
      throw new TooLargeException();
    }
    try (InputStream in = entity.getContent()) {
      byte[] body = in.readNBytes(largestBody);
      if (body.length == largestBody && in.read() >= 0) {
        throw new TooLargeException();
      }
      return body;
    }
  }

  /** Ends all exchanges that are open; their callers get an exception. */
  void cutOff() {
    open.forEach(HttpPost::cancel);
  }
}
