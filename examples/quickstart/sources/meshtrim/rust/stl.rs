// SPDX-License-Identifier: BSD-3-Clause
// Copyright (c) 2024, Ylva Hagström

//! Reader for the binary flavour of stereolithography files.

use std::fmt;

const HEADER: usize = 80;
const FACET: usize = 50;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facet {
    pub normal: [f32; 3],
    pub corners: [[f32; 3]; 3],
}

#[derive(Debug, PartialEq, Eq)]
pub enum StlError {
    /// The file ends before the facet count.
    NoHeader,
    /// The count promises more facets than there are bytes.
    Truncated { promised: usize, present: usize },
    /// The file starts with `solid` and looks like the text flavour.
    LooksLikeText,
}

impl fmt::Display for StlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StlError::NoHeader => write!(f, "file is shorter than its header"),
            StlError::Truncated { promised, present } => {
                write!(f, "{promised} facets promised, {present} present")
            }
            StlError::LooksLikeText => write!(f, "text files are not supported"),
        }
    }
}

impl std::error::Error for StlError {}

fn vector(bytes: &[u8]) -> [f32; 3] {
    let mut out = [0.0; 3];
    for (slot, chunk) in out.iter_mut().zip(bytes.chunks_exact(4)) {
        *slot = f32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
    }
    out
}

/// Decodes a whole file held in memory.
///
/// Some exporters write `solid` into binary headers too, so the word alone
/// proves nothing; only a missing or impossible count makes it suspicious.
pub fn decode(bytes: &[u8]) -> Result<Vec<Facet>, StlError> {
    let texty = bytes.starts_with(b"solid");
    let Some(count) = bytes.get(HEADER..HEADER + 4) else {
        return Err(if texty { StlError::LooksLikeText } else { StlError::NoHeader });
    };
    let promised = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
    let body = &bytes[HEADER + 4..];
    let present = body.len() / FACET;
    if promised > present {
        return Err(if texty {
            StlError::LooksLikeText
        } else {
            StlError::Truncated { promised, present }
        });
    }
    Ok(body
        .chunks_exact(FACET)
        .take(promised)
        .map(|raw| Facet {
            normal: vector(&raw[0..12]),
            corners: [vector(&raw[12..24]), vector(&raw[24..36]), vector(&raw[36..48])],
        })
        .collect())
}

/// Signed volume enclosed by the facets; negative if they face inwards.
pub fn volume(facets: &[Facet]) -> f64 {
    facets
        .iter()
        .map(|facet| {
            let [a, b, c] = facet.corners.map(|p| p.map(f64::from));
            let cross = [
                b[1] * c[2] - b[2] * c[1],
                b[2] * c[0] - b[0] * c[2],
                b[0] * c[1] - b[1] * c[0],
            ];
            (a[0] * cross[0] + a[1] * cross[1] + a[2] * cross[2]) / 6.0
        })
        .sum()
}
