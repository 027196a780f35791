package org.seedwright.evolve.seed;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds private keys and tokens of well-known forms, so that no prompt is made of them.
 *
 * <p>What looks like a placeholder (few different characters, or the word EXAMPLE) is none. Takes
 * time linear in the text: every pattern begins with fixed characters, starts at no place inside a
 * run that it could match, and never backtracks.
 */
public final class Secrets {
  /**
   * What was found; it holds no character of the secret.
   *
   * @param kind such as {@code aws-access-key-id}
   * @param line from 1
   */
  public record Finding(String kind, int line) {}

  /**
   * A form of token.
   *
   * @param anchors fixed characters of which one occurs in every token; they are looked for first,
   *     because that is much faster than the pattern
   */
  private record Token(String kind, List<String> anchors, Pattern pattern) {}

  /** A token with fewer different characters is a row of x, or 1234. */
  private static final int DIFFERENT_CHARACTERS = 8;

  /**
   * Characters after the header of a key within which its text begins, encryption header included.
   */
  private static final int KEY_WINDOW = 400;

  private static final Pattern KEY_HEADER =
      Pattern.compile("-----BEGIN (?:[A-Z0-9]{1,12}+ ){0,3}PRIVATE KEY(?: BLOCK)?-----");
  private static final Pattern KEY_TEXT = Pattern.compile("[A-Za-z0-9+/]{40,}+");

  private static final String APART = "(?<![A-Za-z0-9_-])";
  private static final String NOT_IN_WORD = "(?<![A-Za-z0-9])";

  private static final List<Token> TOKENS =
      List.of(
          token(
              "aws-access-key-id",
              List.of("AKIA", "ASIA", "ABIA", "ACCA"),
              NOT_IN_WORD + "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])"),
          token(
              "aws-secret-access-key",
              List.of("aws", "AWS", "Aws"),
              "(?:aws|AWS|Aws)(?i:_?secret(?:_?access)?_?key)[\"']?[ \\t]{0,20}+[:=]{1,2}+>?[ \\t]{0,20}+[\"']?"
                  + "([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"),
          token(
              "github-token",
              List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
              NOT_IN_WORD + "gh[pousr]_[A-Za-z0-9]{36,255}+"),
          token(
              "github-token",
              List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
              NOT_IN_WORD + "github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
          token("gitlab-token", List.of("glpat-"), APART + "glpat-[A-Za-z0-9_-]{20,100}+"),
          token("slack-token", List.of("xox"), APART + "xox[abeoprs]-[A-Za-z0-9-]{20,250}+"),
          token(
              "slack-webhook",
              List.of("hooks.slack.com"),
              "hooks\\.slack\\.com/services/T[A-Z0-9]{6,14}+/B[A-Z0-9]{6,14}+/[A-Za-z0-9]{20,30}+"),
          token("anthropic-key", List.of("sk-ant-"), APART + "sk-ant-[A-Za-z0-9_-]{32,250}+"),
          token(
              "openai-key",
              List.of("sk-"),
              APART + "sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,250}+"),
          token("openai-key", List.of("sk-"), APART + "sk-[A-Za-z0-9]{40,64}+(?![A-Za-z0-9_-])"),
          token(
              "google-api-key", List.of("AIza"), APART + "AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])"),
          token(
              "google-oauth-secret",
              List.of("GOCSPX-"),
              APART + "GOCSPX-[A-Za-z0-9_-]{28}(?![A-Za-z0-9_-])"),
          token("stripe-key", List.of("k_live_"), NOT_IN_WORD + "[rs]k_live_[A-Za-z0-9]{24,250}+"),
          token(
              "sendgrid-key",
              List.of("SG."),
              APART + "SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])"),
          token("npm-token", List.of("npm_"), NOT_IN_WORD + "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
          token(
              "pypi-token",
              List.of("pypi-AgEI"),
              APART + "pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,250}+"),
          token(
              "hugging-face-token", List.of("hf_"), NOT_IN_WORD + "hf_[A-Za-z]{34}(?![A-Za-z0-9])"),
          token(
              "digitalocean-token",
              List.of("_v1_"),
              NOT_IN_WORD + "do[opr]_v1_[a-f0-9]{64}(?![A-Za-z0-9])"),
          token(
              "telegram-token",
              List.of(":AA"),
              "(?<![0-9A-Za-z])[0-9]{8,10}+:AA[A-Za-z0-9_-]{33}(?![A-Za-z0-9_-])"),
          token("azure-storage-key", List.of("AccountKey="), "AccountKey=[A-Za-z0-9+/]{86}=="),
          token(
              "json-web-token",
              List.of("eyJ"),
              APART
                  + "eyJ[A-Za-z0-9_-]{8,2000}+\\.eyJ[A-Za-z0-9_-]{8,4000}+\\.[A-Za-z0-9_-]{20,1000}+"));

  private Secrets() {}

  private static Token token(String kind, List<String> anchors, String regex) {
    return new Token(kind, anchors, Pattern.compile(regex));
  }

  /** Returns the first secret of the text: private keys first, then tokens in a fixed order. */
  public static Optional<Finding> find(String text) {
    Matcher header = KEY_HEADER.matcher(text);
    Matcher key = KEY_TEXT.matcher(text);
    while (header.find()) {
      key.region(header.end(), Math.min(text.length(), header.end() + KEY_WINDOW));
      if (key.find() && variety(key.group()) >= DIFFERENT_CHARACTERS) {
        return Optional.of(new Finding("private-key", line(text, header.start())));
      }
    }
    for (Token token : TOKENS) {
      if (token.anchors().stream().noneMatch(text::contains)) {
        continue;
      }
      Matcher found = token.pattern().matcher(text);
      while (found.find()) {
        if (isReal(found.group(found.groupCount()))) {
          return Optional.of(new Finding(token.kind(), line(text, found.start())));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isReal(String token) {
    return variety(token) >= DIFFERENT_CHARACTERS && !token.contains("EXAMPLE");
  }

  private static long variety(String token) {
    return token.chars().distinct().count();
  }

  private static int line(String text, int offset) {
    int line = 1;
    for (int end = PythonLines.endOfLine(text, 0);
        end <= offset;
        end = PythonLines.endOfLine(text, end)) {
      line++;
    }
    return line;
  }
}
