package org.seedwright.pipelines.table;

import java.util.List;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Tells Beam the coder of each of our rows, so that a pipeline need not set any. Beam finds this
 * class by itself, through {@code META-INF/services}. Other people's records keep the coders that
 * they have.
 */
public final class RowCoders implements CoderProviderRegistrar {
  private static final String OURS = "org.seedwright.";

  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(new ByTable());
  }

  private static final class ByTable extends CoderProvider {
    @Override
    public <T> Coder<T> coderFor(TypeDescriptor<T> type, List<? extends Coder<?>> componentCoders)
        throws CannotProvideCoderException {
      Class<? super T> row = type.getRawType();
      if (!row.isRecord() || !row.getName().startsWith(OURS)) {
        throw new CannotProvideCoderException("%s is no row of a table".formatted(type));
      }
      try {
        return rows(row);
      } catch (IllegalArgumentException e) {
        throw new CannotProvideCoderException(e);
      }
    }

    // A record has no type parameters that a table would take, so its class is its whole type.
    @SuppressWarnings("unchecked")
    private static <T> Coder<T> rows(Class<?> row) {
      return (Coder<T>) Table.of(row.asSubclass(Record.class)).coder();
    }
  }
}
