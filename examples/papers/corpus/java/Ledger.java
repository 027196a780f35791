import java.util.LinkedHashMap;
import java.util.Map;

public final class Ledger {
  private final Map<String, Long> cents = new LinkedHashMap<>();

  public void book(String account, long amount) {
    cents.merge(account, amount, Math::addExact);
  }

  public void transfer(String from, String to, long amount) {
    if (amount <= 0) {
      throw new IllegalArgumentException("amount must be positive, but was " + amount);
    }
    book(from, -amount);
    book(to, amount);
  }

  public long balance(String account) {
    return cents.getOrDefault(account, 0L);
  }
}
