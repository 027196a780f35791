package org.seedwright.evolve.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final String MIXED =
      "a8Fk3Lq9Zr2Tn5Wx7Bv1Mc4Pd6Gh0JsEyUiOoKlQwRtYpAzSxDcVfBgNhMjKiLo0987654321qazWSXedcRFVtgb";

  /** Put together here, so that no file of this project holds what looks like a secret. */
  private static Map<String, String> secrets() {
    return Map.ofEntries(
        Map.entry("aws-access-key-id", "AKIA" + "Q3EGRVTB5XK7MWZP"),
        Map.entry("aws-secret-access-key", "aws_secret_access_key = " + MIXED.substring(0, 40)),
        Map.entry("github-token", "gh" + "p_" + MIXED.substring(0, 36)),
        Map.entry("gitlab-token", "gl" + "pat-" + MIXED.substring(0, 20)),
        Map.entry("slack-token", "xo" + "xb-123456789012-" + MIXED.substring(0, 24)),
        Map.entry("anthropic-key", "sk-" + "ant-api03-" + MIXED.substring(0, 60)),
        Map.entry("openai-key", "sk-" + MIXED.substring(0, 48)),
        Map.entry("google-api-key", "AI" + "za" + MIXED.substring(0, 35)),
        Map.entry("stripe-key", "sk_" + "live_" + MIXED.substring(0, 24)),
        Map.entry("npm-token", "np" + "m_" + MIXED.substring(0, 36)),
        Map.entry(
            "json-web-token",
            "ey"
                + "J"
                + MIXED.substring(0, 20)
                + ".ey"
                + "J"
                + MIXED.substring(0, 30)
                + "."
                + MIXED.substring(0, 43)),
        Map.entry(
            "private-key",
            "-----BEGIN RSA " + "PRIVATE KEY-----\n" + MIXED.substring(0, 64) + "\n"));
  }

  @Test
  void everyKindIsFoundWithItsLine() {
    secrets()
        .forEach(
            (kind, secret) ->
                assertThat(Secrets.find("# one\nkey = '" + secret + "'\n"))
                    .as(kind)
                    .contains(new Secrets.Finding(kind, 2)));
  }

  @Test
  void theEvidenceHoldsNoCharacterRunOfTheSecret() {
    secrets()
        .forEach(
            (kind, secret) -> {
              String told = Secrets.find(secret).orElseThrow().toString();
              for (int i = 0; i + 6 <= secret.length(); i++) {
                String piece = secret.substring(i, i + 6);
                assertThat(told.contains(piece) && !piece.matches("[a-z_ -]+")).isFalse();
              }
            });
  }

  @Test
  void placeholdersAreNoSecrets() {
    for (String text :
        List.of(
            "AKIAIOSFODNN7" + "EXAMPLE",
            "gh" + "p_" + "x".repeat(36),
            "sk-" + "X".repeat(48),
            "if '-----BEGIN RSA PRIVATE KEY-----' in text:\n    return load(text)\n",
            "-----BEGIN PUBLIC KEY-----\n" + MIXED,
            "sk-learn, task-" + MIXED.substring(0, 44) + "-x",
            "digest = '" + "0123456789abcdef".repeat(4) + "'")) {
      assertThat(Secrets.find(text)).as(text).isEmpty();
    }
  }

  @Test
  void aHostileFileTakesLinearTime() {
    List<String> pieces =
        List.of(
            "eyJ",
            "eyJa.",
            "-eyJ",
            "sk-ant-",
            "sk-",
            "ghp_",
            "xoxb-",
            "SG.",
            "AIza",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----",
            "aws_secret_key ",
            "1",
            "glpat-",
            "eyJaaaaaaaa.eyJaaaaaaaa.");
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () -> {
          for (String piece : pieces) {
            assertThat(Secrets.find(piece.repeat(1_000_000 / piece.length()))).isEmpty();
          }
        });
  }
}
