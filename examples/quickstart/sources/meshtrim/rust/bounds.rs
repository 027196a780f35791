// SPDX-License-Identifier: BSD-3-Clause
// Copyright (c) 2024, Ylva Hagström

//! Axis-aligned boxes and the ray test used by the picking tool.

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub min: [f64; 3],
    pub max: [f64; 3],
}

impl Bounds {
    /// The box that contains nothing; growing it by a point gives that point.
    pub const EMPTY: Bounds = Bounds {
        min: [f64::INFINITY; 3],
        max: [f64::NEG_INFINITY; 3],
    };

    pub fn grow(mut self, point: [f64; 3]) -> Self {
        for axis in 0..3 {
            self.min[axis] = self.min[axis].min(point[axis]);
            self.max[axis] = self.max[axis].max(point[axis]);
        }
        self
    }

    pub fn is_empty(&self) -> bool {
        (0..3).any(|axis| self.min[axis] > self.max[axis])
    }

    /// Index of the longest side, the usual choice for splitting a tree node.
    pub fn longest_axis(&self) -> usize {
        let side = |axis: usize| self.max[axis] - self.min[axis];
        (1..3).fold(0, |best, axis| if side(axis) > side(best) { axis } else { best })
    }

    /// Distance along the ray at which it enters the box.
    ///
    /// Starting inside counts as entering at zero. A zero component of the
    /// direction yields infinities that the comparisons below sort out, except
    /// for a ray lying exactly in a face, which is treated as a hit.
    pub fn enter(&self, origin: [f64; 3], direction: [f64; 3]) -> Option<f64> {
        let (mut near, mut far) = (0.0_f64, f64::INFINITY);
        for axis in 0..3 {
            let inverse = 1.0 / direction[axis];
            let mut t0 = (self.min[axis] - origin[axis]) * inverse;
            let mut t1 = (self.max[axis] - origin[axis]) * inverse;
            if inverse < 0.0 {
                std::mem::swap(&mut t0, &mut t1);
            }
            // max and min drop a NaN operand, hence the grazing ray passes.
            near = near.max(t0);
            far = far.min(t1);
        }
        (near <= far).then_some(near)
    }
}

impl FromIterator<[f64; 3]> for Bounds {
    fn from_iter<I: IntoIterator<Item = [f64; 3]>>(points: I) -> Self {
        points.into_iter().fold(Bounds::EMPTY, Bounds::grow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ray_hits_front_face() {
        let cube: Bounds = [[0.0; 3], [1.0; 3]].into_iter().collect();
        assert_eq!(cube.enter([-2.0, 0.5, 0.5], [1.0, 0.0, 0.0]), Some(2.0));
        assert_eq!(cube.enter([-2.0, 5.0, 0.5], [1.0, 0.0, 0.0]), None);
    }
}
