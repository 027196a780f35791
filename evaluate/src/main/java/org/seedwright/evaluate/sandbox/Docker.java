package org.seedwright.evaluate.sandbox;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.Ulimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.images.ImagePullPolicy;
import org.testcontainers.utility.DockerImageName;

/**
 * Slots as containers, through Testcontainers: no network, a read-only root, no capability, no new
 * privileges, not root, limits of processes and memory, a folder in memory to write to. The image
 * is made on this machine by {@code evaluate/image/build-image}; none is pulled.
 *
 * <p>The manager is the container's main process and reads standard input: when this process is
 * gone, however it went, input ends, and the container ends and removes itself.
 */
public final class Docker implements Sandbox {
  /** The image that {@code build-image} makes. */
  public static final String IMAGE = "seedwright-python";

  private static final String BOX = "/box";
  private static final String NOBODY = "65534";
  private static final ImagePullPolicy NEVER = image -> false;

  private final String image;
  private final SandboxSettings settings;

  private Docker(String image, SandboxSettings settings) {
    this.image = image;
    this.settings = settings;
  }

  /**
   * Slots of this image.
   *
   * @throws SandboxUnavailableException if there is no Docker daemon or it has not this image
   */
  public static Docker of(SandboxSettings settings, String image) {
    requireEnvironment("TESTCONTAINERS_RYUK_DISABLED", "true");
    DockerClient client = client();
    try {
      client.inspectImageCmd(image).exec();
    } catch (NotFoundException e) {
      throw new SandboxUnavailableException(
          "sandbox docker has no image %s: run evaluate/image/build-image".formatted(image), e);
    }
    return new Docker(image, settings);
  }

  private static DockerClient client() {
    try {
      return DockerClientFactory.instance().client();
    } catch (NotFoundException e) {
      // Inside a container Testcontainers looks for the address of the daemon's bridge.
      throw new SandboxUnavailableException(
          "sandbox docker needs the environment variable TESTCONTAINERS_HOST_OVERRIDE=localhost, as"
              + " this daemon has no bridge: %s".formatted(e.getMessage()),
          e);
    } catch (IllegalStateException e) {
      throw new SandboxUnavailableException("sandbox docker finds no Docker daemon", e);
    }
  }

  /**
   * Testcontainers would start a container of its own that removes others, from an image that it
   * pulls: without a registry that hangs for minutes. Slots remove themselves.
   */
  private static void requireEnvironment(String name, String value) {
    if (!value.equals(System.getenv(name))) {
      throw new SandboxUnavailableException(
          "sandbox docker needs the environment variable %s=%s".formatted(name, value));
    }
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public Link open() {
    List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
    command.addAll(PythonParts.FLAGS);
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(image))
            .withImagePullPolicy(NEVER)
            .withNetworkMode("none")
            .withEnv(PythonParts.ENVIRONMENT)
            .withCommand(command.toArray(String[]::new))
            .withStartupCheckStrategy(
                new IsRunningStartupCheckStrategy().withTimeout(Duration.ofSeconds(30)))
            .withCreateContainerCmdModifier(
                create ->
                    create
                        .withUser(NOBODY + ":" + NOBODY)
                        .withWorkingDir("/")
                        .withStdinOpen(true)
                        .withStdInOnce(true)
                        .withHostConfig(limits(create.getHostConfig())));
    try {
      container.start();
      return new ContainerLink(container);
    } catch (RuntimeException | IOException e) {
      container.stop();
      throw new SandboxUnavailableException(
          "sandbox docker does not start: %s".formatted(e.getMessage()), e);
    }
  }

  private HostConfig limits(HostConfig config) {
    return (config == null ? HostConfig.newHostConfig() : config)
        .withNetworkMode("none")
        .withReadonlyRootfs(true)
        .withCapDrop(Capability.ALL)
        .withSecurityOpts(List.of("no-new-privileges"))
        .withIpcMode("none")
        .withPidsLimit((long) settings.processes())
        .withMemory(settings.memoryBytes())
        .withMemorySwap(settings.memoryBytes())
        .withInit(true)
        .withAutoRemove(true)
        .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
        .withUlimits(List.of(new Ulimit("core", 0L, 0L)))
        .withTmpFs(
            Map.of(
                BOX,
                "rw,nosuid,nodev,noexec,size=%d,uid=%s,gid=%s,mode=0700"
                    .formatted(settings.boxBytes(), NOBODY, NOBODY)));
  }

  /** The container's standard streams, through the daemon. */
  private static final class ContainerLink implements Link {
    private static final int PIPE_BYTES = 1 << 16;
    private static final int COMPLAINT_CHARACTERS = 2000;

    private final GenericContainer<?> container;
    private final PipedOutputStream requests = new PipedOutputStream();
    private final PipedInputStream answers = new PipedInputStream(PIPE_BYTES);
    private final Queue<String> complaint = new ConcurrentLinkedQueue<>();
    private final ResultCallback.Adapter<Frame> attached;

    ContainerLink(GenericContainer<?> container) throws IOException {
      this.container = container;
      PipedOutputStream fromContainer = new PipedOutputStream(answers);
      PipedInputStream toContainer = new PipedInputStream(requests, PIPE_BYTES);
      this.attached =
          container
              .getDockerClient()
              .attachContainerCmd(container.getContainerId())
              .withStdIn(toContainer)
              .withStdOut(true)
              .withStdErr(true)
              .withFollowStream(true)
              .exec(new Receiver(fromContainer, complaint));
      try {
        attached.awaitStarted();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while attaching to the container", e);
      }
      requests.write(Wire.start(BOX, false, 0));
      requests.flush();
    }

    @Override
    public OutputStream requests() {
      return requests;
    }

    @Override
    public InputStream answers() {
      return answers;
    }

    @Override
    public String complaint() {
      String all = String.join("", complaint);
      return all.substring(0, Math.min(all.length(), COMPLAINT_CHARACTERS)).strip();
    }

    @Override
    public void close() {
      try {
        requests.close();
        attached.close();
      } catch (IOException e) {
        // The container is killed next.
      }
      container.stop();
    }
  }

  private static final class Receiver extends ResultCallback.Adapter<Frame> {
    private final PipedOutputStream out;
    private final Queue<String> complaint;

    Receiver(PipedOutputStream out, Queue<String> complaint) {
      this.out = out;
      this.complaint = complaint;
    }

    @Override
    public void onNext(Frame frame) {
      try {
        if (frame.getStreamType() == StreamType.STDERR) {
          complaint.add(new String(frame.getPayload(), StandardCharsets.UTF_8));
        } else {
          out.write(frame.getPayload());
          out.flush();
        }
      } catch (IOException e) {
        onError(e);
      }
    }

    @Override
    public void onComplete() {
      end();
      super.onComplete();
    }

    @Override
    public void onError(Throwable error) {
      end();
      super.onError(error);
    }

    private void end() {
      try {
        out.close();
      } catch (IOException e) {
        // The reader is gone.
      }
    }
  }
}
