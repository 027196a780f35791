package core;

import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A lift car that sweeps up and down and stops where somebody asked it to.
 *
 * The car keeps its direction as long as a stop lies ahead, which is what people
 * inside expect, and only then turns round.
 */
public class Car {

    public enum Heading { UP, DOWN, IDLE }

    private final int id;
    private final NavigableSet<Integer> stops = new TreeSet<>();
    private int floor;
    private Heading heading = Heading.IDLE;
    private int travelled;

    public Car(int id, int floor) {
        this.id = id;
        this.floor = floor;
    }

    public void request(int target) {
        stops.add(target);
        if (heading == Heading.IDLE) {
            heading = target >= floor ? Heading.UP : Heading.DOWN;
        }
    }

    /** Advances one time step. Returns true if the doors open on this step. */
    public boolean tick() {
        if (stops.remove(floor)) {
            settle();
            return true;
        }
        settle();
        switch (heading) {
            case UP -> move(1);
            case DOWN -> move(-1);
            case IDLE -> { }
        }
        return false;
    }

    /** Steps until the car could open its doors at the given floor. */
    public int etaTo(int target) {
        if (heading == Heading.IDLE || stops.isEmpty()) {
            return Math.abs(target - floor);
        }
        boolean ahead = heading == Heading.UP ? target >= floor : target <= floor;
        if (ahead) {
            return Math.abs(target - floor) + stopsBetween(floor, target);
        }
        int turn = heading == Heading.UP ? stops.last() : stops.first();
        return Math.abs(turn - floor) + Math.abs(turn - target) + stops.size();
    }

    private int stopsBetween(int a, int b) {
        return stops.subSet(Math.min(a, b), true, Math.max(a, b), false).size();
    }

    private void settle() {
        if (stops.isEmpty()) {
            heading = Heading.IDLE;
        } else if (heading == Heading.UP && stops.ceiling(floor) == null) {
            heading = Heading.DOWN;
        } else if (heading == Heading.DOWN && stops.floor(floor) == null) {
            heading = Heading.UP;
        }
    }

    private void move(int step) {
        floor += step;
        travelled++;
    }

    public int id() { return id; }

    public int floor() { return floor; }

    public int travelled() { return travelled; }

    public Heading heading() { return heading; }
}
