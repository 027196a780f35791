package org.seedwright.pipelines.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.erdtman.jcs.NumberToJSON;

/**
 * The one JSON text of a value, after RFC 8785: keys sorted by UTF-16 code units, no blanks,
 * numbers as JavaScript prints them. Records become objects with their component names, an empty
 * {@code Optional} leaves its key out, a {@code long} becomes a string (JSON numbers end at 2^53),
 * an enum its constant in kebab-case. Half a surrogate pair, which RFC 8785 refuses, is written as
 * an escape: model replies hold them.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** Returns the canonical text of a record, string, number, boolean, enum, list or string map. */
  public static String text(Object value) {
    var out = new StringBuilder(256);
    write(value, out);
    return out.toString();
  }

  /** Returns the SHA-256 of the UTF-8 bytes of {@link #text}, as 64 hex digits. */
  public static String digest(Object value) {
    return digestOfText(text(value));
  }

  /** Returns what {@link #digest} gives for the value behind a text of {@link #text}. */
  public static String digestOfText(String text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  static byte[] sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the SHA-256 of bytes as 64 hex digits. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void write(Object value, StringBuilder out) {
    if (value instanceof Record) {
      writeRecord(value, out);
    } else if (value instanceof Optional<?> optional) {
      write(optional.orElse(null), out);
    } else if (value instanceof List<?> list) {
      writeList(list, out);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, out);
    } else if (value instanceof Long number) {
      writeString(Long.toString(number), out);
    } else if (value instanceof Integer || value instanceof Boolean || value == null) {
      out.append(value);
    } else if (value instanceof Double number) {
      writeDouble(number, out);
    } else if (value instanceof Enum<?> constant) {
      writeString(kebabCase(constant), out);
    } else if (value instanceof String text) {
      writeString(text, out);
    } else {
      throw new IllegalArgumentException(
          "%s has no canonical JSON".formatted(value.getClass().getName()));
    }
  }

  private static void writeRecord(Object row, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Columns.Column column : Columns.of(row.getClass()).byComponent()) {
      Object value = column.of(row);
      if (value instanceof Optional<?> optional && optional.isEmpty()) {
        continue;
      }
      out.append(separator);
      separator = ",";
      writeString(column.component(), out);
      out.append(':');
      write(value, out);
    }
    out.append('}');
  }

  private static void writeMap(Map<?, ?> map, StringBuilder out) {
    var sorted = new TreeMap<String, Object>();
    map.forEach((key, value) -> sorted.put((String) key, value));
    out.append('{');
    String separator = "";
    for (Map.Entry<String, Object> pair : sorted.entrySet()) {
      out.append(separator);
      separator = ",";
      writeString(pair.getKey(), out);
      out.append(':');
      write(pair.getValue(), out);
    }
    out.append('}');
  }

  private static void writeList(List<?> list, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator);
      separator = ",";
      write(element, out);
    }
    out.append(']');
  }

  private static void writeDouble(double number, StringBuilder out) {
    try {
      out.append(NumberToJSON.serializeNumber(number));
    } catch (IOException e) {
      throw new UncheckedIOException("%s is not a JSON number".formatted(number), e);
    }
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    int copied = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.append(text, copied, i);
      copied = i + 1;
      writeEscaped(c, out);
    }
    if (copied == 0) {
      out.append(text);
    } else {
      out.append(text, copied, text.length());
    }
    out.append('"');
  }

  private static void writeEscaped(char c, StringBuilder out) {
    int at = "\b\t\n\f\r\"\\".indexOf(c);
    if (at >= 0) {
      out.append('\\').append("btnfr\"\\".charAt(at));
    } else {
      out.append("\\u%04x".formatted((int) c));
    }
  }

  /** Returns an enum constant as tables and files have it: {@code EMPTY_FILE} as empty-file. */
  public static String kebabCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
