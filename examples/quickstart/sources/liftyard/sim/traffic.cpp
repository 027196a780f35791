// Generates passengers for the lift simulator.

#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

struct Passenger {
    double arrives;  // seconds after the start of the run
    int from;
    int to;
};

enum class Rush { morning, lunch, evening };

class TrafficModel {
public:
    TrafficModel(int floors, double per_minute, std::uint32_t seed)
        : floors_(floors), gap_(per_minute / 60.0), random_(seed) {
        if (floors < 2 || per_minute <= 0) {
            throw std::invalid_argument("need two floors and some traffic");
        }
    }

    /// All passengers that turn up within `seconds`, ordered by arrival.
    std::vector<Passenger> generate(Rush rush, double seconds) {
        std::vector<Passenger> people;
        // Exponential gaps give the usual memoryless stream of arrivals.
        for (double t = gap_(random_); t < seconds; t += gap_(random_)) {
            people.push_back(make(rush, t));
        }
        return people;
    }

private:
    Passenger make(Rush rush, double when) {
        const int upper = upper_floor();
        switch (rush) {
            case Rush::morning:
                if (chance(0.85)) return {when, 0, upper};
                break;
            case Rush::evening:
                if (chance(0.85)) return {when, upper, 0};
                break;
            case Rush::lunch:
                return chance(0.5) ? Passenger{when, 0, upper} : Passenger{when, upper, 0};
        }
        return between_floors(when);
    }

    Passenger between_floors(double when) {
        std::uniform_int_distribution<int> any(0, floors_ - 1);
        std::uniform_int_distribution<int> offset(1, floors_ - 1);
        const int from = any(random_);
        // Adding a non-zero offset modulo the height never lands on `from`.
        return {when, from, (from + offset(random_)) % floors_};
    }

    int upper_floor() { return std::uniform_int_distribution<int>(1, floors_ - 1)(random_); }

    bool chance(double p) { return std::bernoulli_distribution(p)(random_); }

    int floors_;
    std::exponential_distribution<double> gap_;
    std::mt19937 random_;
};
