package org.seedwright.pipelines.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no cluster; performance/cluster-run and its test have one. */
class ClusterEngineTest {
  @TempDir Path shared;

  @Test
  void anAddressWhereNobodyAnswersIsNamed() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThatThrownBy(() -> connect("127.0.0.1:" + port))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("nobody answers at --flink-master 127.0.0.1:" + port)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoAddressIsRefusedWithAnExample() {
    for (String text : List.of("head", "head:", "head:0", "head:70000", ":8081", "head:x")) {
      assertThatThrownBy(() -> ClusterAddress.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "must be HOST:PORT of the JobManager's REST endpoint, such as 127.0.0.1:8081, but was %s",
              text);
    }
    assertThat(ClusterAddress.parse("[::1]:8081").port()).isEqualTo(8081);
  }

  private void connect(String address) throws IOException, InterruptedException {
    ClusterEngine.connect(
        ClusterAddress.parse(address),
        OptionalInt.empty(),
        WorkerCode.installed(),
        shared,
        new WorkerNeeds(List.of(), Set.of()),
        BeamOptions.NONE);
  }
}
