// SPDX-License-Identifier: BSD-3-Clause
// Copyright (c) 2021, Rafael Nkemelu-Ortiz

#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <utility>
#include <vector>

namespace meshtrim {

struct Triangle {
    std::uint32_t a, b, c;
};

using Loop = std::vector<std::uint32_t>;

// A directed edge without its reverse twin lies on the rim of a hole. Walking
// from rim edge to rim edge therefore traces the outline of every hole.
//
// Throws std::invalid_argument when two holes touch in one vertex, because then
// the walk would have to guess where to turn.
std::vector<Loop> boundary_loops(const std::vector<Triangle>& triangles) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> edges;
    for (const auto& t : triangles) {
        ++edges[{t.a, t.b}];
        ++edges[{t.b, t.c}];
        ++edges[{t.c, t.a}];
    }

    std::map<std::uint32_t, std::uint32_t> next;
    for (const auto& [edge, uses] : edges) {
        const auto [from, to] = edge;
        if (uses > 1) {
            throw std::invalid_argument("mesh has inconsistent winding");
        }
        if (edges.count({to, from}) == 0 && !next.emplace(from, to).second) {
            throw std::invalid_argument("two holes share a vertex");
        }
    }

    std::vector<Loop> loops;
    while (!next.empty()) {
        Loop loop;
        auto step = next.begin();
        while (step != next.end()) {
            const auto target = step->second;
            loop.push_back(step->first);
            next.erase(step);
            step = next.find(target);
        }
        loops.push_back(std::move(loop));
    }
    std::stable_sort(loops.begin(), loops.end(),
                     [](const Loop& l, const Loop& r) { return l.size() > r.size(); });
    return loops;
}

// Closes a small hole with a fan around its first vertex.
void fill_hole(std::vector<Triangle>& triangles, const Loop& loop) {
    for (std::size_t i = 1; i + 1 < loop.size(); ++i) {
        triangles.push_back({loop[0], loop[i + 1], loop[i]});
    }
}

}  // namespace meshtrim
