package org.seedwright.pipelines.batch;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names a try in a batch file, and comes back with its reply. As text it has at most 64 of
 * {@code A-Z a-z 0-9 - _}, the narrowest that batch services take: the key in 43 characters, then
 * cap and number of the try.
 *
 * @param key identity of the request, 64 hex digits
 * @param maxOutputTokens the cap it was asked with
 * @param call number of the try in the store's journal
 */
record CustomId(String key, int maxOutputTokens, long call) {
  private static final int KEY_CHARACTERS = 43;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]{43})-([1-9][0-9]{0,8})-([1-9][0-9]{0,17})");

  String text() {
    byte[] bytes = HexFormat.of().parseHex(key);
    return "%s-%d-%d"
        .formatted(
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), maxOutputTokens, call);
  }

  /** Returns what a text names; empty if it is not one of ours. */
  static Optional<CustomId> of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    byte[] bytes = Base64.getUrlDecoder().decode(text.substring(0, KEY_CHARACTERS));
    var id =
        new CustomId(
            HexFormat.of().formatHex(bytes),
            Integer.parseInt(matcher.group(2)),
            Long.parseLong(matcher.group(3)));
    // 43 characters hold two bits more than a key.
    return Optional.of(id).filter(one -> one.text().equals(text));
  }
}
