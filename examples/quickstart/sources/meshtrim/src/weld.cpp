// SPDX-License-Identifier: BSD-3-Clause
// Copyright (c) 2024, Ylva Hagström

#include <array>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace meshtrim {

using Vec = std::array<float, 3>;

struct CellHash {
    std::size_t operator()(const std::array<std::int64_t, 3>& cell) const noexcept {
        std::size_t h = 0;
        for (auto part : cell) {
            h = h * 1000003u ^ static_cast<std::size_t>(part);
        }
        return h;
    }
};

/**
 * Merges points closer than `tolerance` and returns, for every input point, the
 * index of the point that stands for it in `kept`.
 *
 * Points are hashed into cubic cells with an edge of one tolerance, so a match
 * can only sit in the same cell or in one of the 26 around it. The first point
 * seen wins, which keeps the result independent of the hash order.
 */
std::vector<std::uint32_t> weld(const std::vector<Vec>& points, float tolerance,
                                std::vector<Vec>& kept) {
    using Cell = std::array<std::int64_t, 3>;
    std::unordered_map<Cell, std::vector<std::uint32_t>, CellHash> grid;
    std::vector<std::uint32_t> remap;
    remap.reserve(points.size());
    kept.clear();

    auto cell_of = [tolerance](const Vec& p) {
        Cell cell{};
        for (int axis = 0; axis < 3; ++axis) {
            cell[axis] = static_cast<std::int64_t>(std::floor(p[axis] / tolerance));
        }
        return cell;
    };
    auto near = [&](const Vec& a, const Vec& b) {
        const float dx = a[0] - b[0], dy = a[1] - b[1], dz = a[2] - b[2];
        return dx * dx + dy * dy + dz * dz <= tolerance * tolerance;
    };
    auto lookup = [&](const Vec& p, const Cell& home) -> std::int64_t {
        for (int code = 0; code < 27; ++code) {
            const Cell cell{home[0] + code % 3 - 1, home[1] + code / 3 % 3 - 1,
                            home[2] + code / 9 - 1};
            const auto found = grid.find(cell);
            if (found == grid.end()) continue;
            for (auto candidate : found->second) {
                if (near(kept[candidate], p)) return candidate;
            }
        }
        return -1;
    };

    for (const Vec& p : points) {
        const Cell home = cell_of(p);
        std::int64_t match = lookup(p, home);
        if (match < 0) {
            match = static_cast<std::int64_t>(kept.size());
            kept.push_back(p);
            grid[home].push_back(static_cast<std::uint32_t>(match));
        }
        remap.push_back(static_cast<std::uint32_t>(match));
    }
    return remap;
}

}  // namespace meshtrim
