package core;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/** Decides which car answers a call from a landing. */
public class Dispatcher {

    /** A pressed button on a landing. */
    public record HallCall(int floor, boolean up, long pressedAt) {}

    private static final int AGAINST_TRAFFIC = 6;
    private final List<Car> cars;
    private final Deque<HallCall> waiting = new ArrayDeque<>();
    private final int maxEta;

    /**
     * @param maxEta calls that no car can serve within this time are parked and
     *     tried again on the next step
     */
    public Dispatcher(List<Car> cars, int maxEta) {
        if (cars.isEmpty()) {
            throw new IllegalArgumentException("a building needs at least one car");
        }
        this.cars = List.copyOf(cars);
        this.maxEta = maxEta;
    }

    public void press(HallCall call) {
        boolean known = waiting.stream()
                .anyMatch(c -> c.floor() == call.floor() && c.up() == call.up());
        if (!known) {
            waiting.addLast(call);
        }
    }

    /** Tries to hand every waiting call to a car, oldest call first. */
    public int assign(long now) {
        int assigned = 0;
        for (int i = waiting.size(); i > 0; i--) {
            HallCall call = waiting.removeFirst();
            Car best = cars.stream()
                    .min(Comparator.comparingInt(cost(call)).thenComparingInt(Car::id))
                    .orElseThrow();
            long patience = now - call.pressedAt();
            // A call that has waited long enough is served at any price.
            if (best.etaTo(call.floor()) <= maxEta + patience) {
                best.request(call.floor());
                assigned++;
            } else {
                waiting.addLast(call);
            }
        }
        return assigned;
    }

    private static ToIntFunction<Car> cost(HallCall call) {
        return car -> {
            Car.Heading wanted = call.up() ? Car.Heading.UP : Car.Heading.DOWN;
            boolean fits = car.heading() == Car.Heading.IDLE || car.heading() == wanted;
            return car.etaTo(call.floor()) + (fits ? 0 : AGAINST_TRAFFIC);
        };
    }
}
