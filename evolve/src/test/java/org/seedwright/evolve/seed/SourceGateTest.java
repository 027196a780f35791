package org.seedwright.evolve.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.seedwright.evolve.Identity;
import org.seedwright.evolve.Parsed;
import org.seedwright.evolve.Reason;

class SourceGateTest {
  private final SourceGate gate = new SourceGate(1000);

  @Test
  void textInAKnownLanguagePasses() {
    assertThat(gate.admit("a/b.py", bytes("x = 'ä'\r\n")))
        .isEqualTo(Parsed.accepted(new SourceGate.Admitted("python", "x = 'ä'\r\n")));
  }

  @Test
  void byteOrderMarkAndCorpusTagsAreStripped() {
    assertThat(gate.admit("b.py", bytes("\uFEFF<reponame>a/b<filename>c.py<gh_stars>10-100\nx\n")))
        .isEqualTo(Parsed.accepted(new SourceGate.Admitted("python", "x\n")));
  }

  @Test
  void whatCannotBeASeedIsRejectedWithItsReason() {
    assertRejected("a.py", new byte[0], Reason.EMPTY_FILE, "the file has no bytes");
    assertRejected(
        "a.py",
        bytes("\uFEFF"),
        Reason.EMPTY_FILE,
        "the file has nothing but a byte order mark or corpus tags");
    assertRejected("a.py", new byte[1001], Reason.OVERSIZED, "1001 bytes are more than 1000");
    assertRejected("a.py", bytes("ab\0c"), Reason.NUL_BYTES, "byte 2 is NUL");
    assertRejected(
        "a.py",
        new byte[] {'a', (byte) 0xc3, '('},
        Reason.BAD_UTF8,
        "the bytes from offset 1 are not UTF-8");
    assertRejected(
        "a.py",
        new byte[] {'a', (byte) 0xe2, (byte) 0x82},
        Reason.BAD_UTF8,
        "the bytes from offset 1 are not UTF-8");
    assertRejected(
        "README",
        bytes("hello"),
        Reason.UNKNOWN_LANGUAGE,
        "neither the name nor the first line tells a known language");
    assertRejected(
        "a.pem",
        bytes("\nt = gh" + "p_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
        Reason.SECRET,
        "github-token in line 2");
  }

  @Test
  void aFileIsReadAsARowWithWhatItsHeaderSays() {
    byte[] bytes =
        bytes("\uFEFF# Copyright 2021 Ada Lovelace\n# SPDX-License-Identifier: MIT\nx = 1\n");

    assertThat(gate.read("mine", "a/b.py", bytes))
        .isEqualTo(
            Parsed.accepted(
                new SourceFile(
                    Identity.document("mine", "a/b.py", Identity.sha256(bytes)),
                    "mine",
                    "a/b.py",
                    Optional.empty(),
                    "python",
                    Optional.empty(),
                    Optional.of("MIT"),
                    Optional.of("SPDX-License-Identifier in line 2"),
                    List.of("Copyright 2021 Ada Lovelace"),
                    List.of(),
                    bytes.length,
                    Identity.sha256(bytes),
                    "# Copyright 2021 Ada Lovelace\n# SPDX-License-Identifier: MIT\nx = 1\n")));
    assertThat(gate.read("mine", "a.py", new byte[0]))
        .isEqualTo(Parsed.rejected(Reason.EMPTY_FILE, "the file has no bytes"));
  }

  @Property
  void textThatPassesIsTheTextOfTheBytes(@ForAll @StringLength(max = 100) String text) {
    String valid = new String(text.getBytes(UTF_8), UTF_8);
    if (gate.admit("a.py", bytes(text)) instanceof Parsed.Accepted<SourceGate.Admitted> accepted
        && !valid.startsWith("<")
        && !valid.startsWith("\uFEFF")) {
      assertThat(accepted.value().content()).isEqualTo(valid);
    }
  }

  private void assertRejected(String path, byte[] bytes, Reason reason, String evidence) {
    assertThat(gate.admit(path, bytes)).isEqualTo(Parsed.rejected(reason, evidence));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
