// SPDX-License-Identifier: BSD-3-Clause
// Copyright (c) 2021, Rafael Nkemelu-Ortiz
//
// Reads the vertex and face lines of text models and ignores the rest.

#include <array>
#include <cstddef>
#include <istream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace meshtrim {

struct Mesh {
    std::vector<std::array<double, 3>> points;
    std::vector<std::array<std::size_t, 3>> triangles;
};

namespace {

[[noreturn]] void fail(std::size_t line, const std::string& what) {
    throw std::runtime_error("line " + std::to_string(line) + ": " + what);
}

/// Turns "7/2/5", "7//5" or "-1" into a zero-based vertex index.
std::size_t corner_index(const std::string& token, std::size_t count, std::size_t line) {
    const std::string head = token.substr(0, token.find('/'));
    long long value = 0;
    try {
        value = std::stoll(head);
    } catch (const std::exception&) {
        fail(line, "bad corner '" + token + "'");
    }
    // Negative numbers count back from the newest vertex.
    const long long index = value > 0 ? value - 1 : static_cast<long long>(count) + value;
    if (value == 0 || index < 0 || index >= static_cast<long long>(count)) {
        fail(line, "corner " + head + " refers to no vertex");
    }
    return static_cast<std::size_t>(index);
}

}  // namespace

/// Parses a model. Polygons with more than three corners become a fan.
Mesh read_obj(std::istream& input) {
    Mesh mesh;
    std::string text;
    for (std::size_t line = 1; std::getline(input, text); ++line) {
        std::istringstream words(text);
        std::string tag;
        words >> tag;
        if (tag == "v") {
            std::array<double, 3> p{};
            if (!(words >> p[0] >> p[1] >> p[2])) {
                fail(line, "a vertex needs three numbers");
            }
            mesh.points.push_back(p);
        } else if (tag == "f") {
            std::vector<std::size_t> corners;
            for (std::string token; words >> token;) {
                corners.push_back(corner_index(token, mesh.points.size(), line));
            }
            if (corners.size() < 3) {
                fail(line, "a face needs three corners");
            }
            for (std::size_t i = 2; i < corners.size(); ++i) {
                mesh.triangles.push_back({corners[0], corners[i - 1], corners[i]});
            }
        }
    }
    return mesh;
}

}  // namespace meshtrim
