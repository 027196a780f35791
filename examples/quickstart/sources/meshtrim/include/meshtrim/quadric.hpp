// SPDX-License-Identifier: BSD-3-Clause
// Copyright (c) 2021, Rafael Nkemelu-Ortiz
#pragma once

#include <array>
#include <cmath>
#include <optional>

namespace meshtrim {

using Point = std::array<double, 3>;

/// Symmetric 4x4 matrix measuring the squared distance to a set of planes.
///
/// Only the upper triangle is stored: xx xy xz xw yy yz yw zz zw ww.
class Quadric {
public:
    Quadric() = default;

    /// Quadric of the plane a*x + b*y + c*z + d = 0 with a unit normal.
    static Quadric from_plane(double a, double b, double c, double d) {
        Quadric q;
        q.m_ = {a * a, a * b, a * c, a * d, b * b, b * c, b * d, c * c, c * d, d * d};
        return q;
    }

    Quadric& operator+=(const Quadric& other) {
        for (std::size_t i = 0; i < m_.size(); ++i) {
            m_[i] += other.m_[i];
        }
        return *this;
    }

    friend Quadric operator+(Quadric left, const Quadric& right) { return left += right; }

    /// Sum of squared distances from p to all planes added so far.
    [[nodiscard]] double error(const Point& p) const {
        const auto [x, y, z] = p;
        return m_[0] * x * x + 2 * m_[1] * x * y + 2 * m_[2] * x * z + 2 * m_[3] * x +
               m_[4] * y * y + 2 * m_[5] * y * z + 2 * m_[6] * y +
               m_[7] * z * z + 2 * m_[8] * z + m_[9];
    }

    /// The point of least error, or nothing when the planes do not fix one
    /// (all parallel, or all through a common line).
    [[nodiscard]] std::optional<Point> minimiser() const {
        const double a = m_[0], b = m_[1], c = m_[2];
        const double e = m_[4], f = m_[5], i = m_[7];
        const double det = a * (e * i - f * f) - b * (b * i - f * c) + c * (b * f - e * c);
        if (std::abs(det) < 1e-12) {
            return std::nullopt;
        }
        const double rx = -m_[3], ry = -m_[6], rz = -m_[8];
        // Cramer's rule is fine for a 3x3 system of this size.
        const double x = rx * (e * i - f * f) - b * (ry * i - f * rz) + c * (ry * f - e * rz);
        const double y = a * (ry * i - f * rz) - rx * (b * i - f * c) + c * (b * rz - ry * c);
        const double z = a * (e * rz - ry * f) - b * (b * rz - ry * c) + rx * (b * f - e * c);
        return Point{x / det, y / det, z / det};
    }

private:
    std::array<double, 10> m_{};
};

}  // namespace meshtrim
