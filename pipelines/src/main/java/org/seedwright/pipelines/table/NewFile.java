package org.seedwright.pipelines.table;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;

/**
 * A stream into a new file on any Beam file system. Its exceptions name the file, which those of a
 * full disk do not by themselves.
 */
public final class NewFile extends FilterOutputStream {
  private final String file;

  private NewFile(String file, OutputStream out) {
    super(out);
    this.file = file;
  }

  /** Begins a file; the bytes are there once it is closed. */
  public static OutputStream create(String file, String mediaType) throws IOException {
    try {
      return new NewFile(
          file,
          Channels.newOutputStream(
              FileSystems.create(FileSystems.matchNewResource(file, false), mediaType)));
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  /** Returns an exception whose message begins with the file. */
  public static IOException named(String file, IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains(file) ? e : new IOException(file + ": " + message, e);
  }

  @Override
  public void write(int b) throws IOException {
    try {
      out.write(b);
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw named(file, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw named(file, e);
    }
  }
}
