package org.seedwright.pipelines.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PostgresAddressTest {
  @Test
  void anAddressIsReadInBothForms() {
    var expected = new PostgresAddress(Optional.of("me"), "db.example", 5433, "replies", Map.of());
    assertThat(PostgresAddress.parse("postgresql://me@db.example:5433/replies"))
        .isEqualTo(expected)
        .hasToString("postgresql://me@db.example:5433/replies");
    assertThat(PostgresAddress.parse("jdbc:postgresql://me@db.example:5433/replies"))
        .isEqualTo(expected);
    assertThat(PostgresAddress.parse("postgres://db.example/replies"))
        .hasToString("postgresql://db.example:5432/replies");
  }

  @Test
  void encryptionIsPassedOnAndNotShown() {
    var address =
        PostgresAddress.parse(
            "postgresql://db/replies?sslmode=verify-full&sslrootcert=/etc/ssl/our%20own.pem");
    assertThat(address.parameters())
        .isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/etc/ssl/our own.pem"));
    assertThat(address).hasToString("postgresql://db:5432/replies");
    assertThat(PostgresAddress.parse(address.url())).isEqualTo(address);
  }

  @Test
  void aPasswordIsRefusedAndNotRepeated() {
    for (String text :
        new String[] {
          "postgresql://me:hunter2@db/replies",
          "postgresql://db/replies?password=hunter2",
          "postgresql://db/replies?sslpassword=hunter2"
        }) {
      assertThatThrownBy(() -> PostgresAddress.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must hold no password; set PGPASSWORD or write ~/.pgpass")
          .hasMessageNotContaining("hunter2");
    }
    assertThatThrownBy(() -> PostgresAddress.parse("postgresql://me:hun ter2@db/replies"))
        .hasMessageContaining("must be postgresql://[user@]host[:port]/database")
        .hasMessageNotContaining("ter2")
        .hasNoCause();
  }

  @Test
  void whatIsNoAddressIsRefusedWithTheForm() {
    for (String text : new String[] {"postgresql://db", "postgresql:///db", "postgresql:db"}) {
      assertThatThrownBy(() -> PostgresAddress.parse(text))
          .hasMessageContaining("must be postgresql://[user@]host[:port]/database");
    }
    assertThatThrownBy(() -> PostgresAddress.parse("postgresql://db/replies?loggerFile=x"))
        .hasMessageContaining("parameter 'loggerFile' of a PostgreSQL store is unknown");
  }

  @Test
  void aFileIsNoAddress() {
    assertThat(PostgresAddress.is("postgresql://db/x")).isTrue();
    assertThat(PostgresAddress.is("jdbc:postgresql://db/x")).isTrue();
    assertThat(PostgresAddress.is("responses/postgresql.sqlite")).isFalse();
  }
}
