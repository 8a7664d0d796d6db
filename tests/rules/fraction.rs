//! A plain fraction for second implementations: no decimal type, none of the engine's helpers.

/// `top ÷ bottom`, in lowest terms; the bottom is above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    top: i128,
    bottom: i128,
}

impl Fraction {
    pub(crate) fn new(top: i128, bottom: i128) -> Self {
        let (mut a, mut b) = (top.abs(), bottom.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let by = a.max(1) * bottom.signum();
        Self {
            top: top / by,
            bottom: bottom / by,
        }
    }

    pub(crate) fn whole(n: i128) -> Self {
        Self::new(n, 1)
    }

    /// From millionths.
    pub(crate) fn micros(n: i128) -> Self {
        Self::new(n, 1_000_000)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self::new(
            self.top * other.bottom + other.top * self.bottom,
            self.bottom * other.bottom,
        )
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        self.plus(Self::new(-other.top, other.bottom))
    }

    pub(crate) fn times(self, other: Self) -> Self {
        Self::new(self.top * other.top, self.bottom * other.bottom)
    }

    /// Whole units of `1 ÷ parts`, half going away from zero.
    pub(crate) fn rounded(self, parts: i128) -> i128 {
        let doubled = 2 * self.top.abs() * parts + self.bottom;
        self.top.signum() * (doubled / (2 * self.bottom))
    }
}

#[test]
fn a_fraction_rounds_half_away_from_zero() {
    for (top, bottom, parts, expected) in [
        (1, 2, 1, 1),
        (-1, 2, 1, -1),
        (1, 3, 100, 33),
        (2, 3, 100, 67),
        (1_450, 31, 1, 47),
        (0, 5, 100, 0),
    ] {
        assert_eq!(
            Fraction::new(top, bottom).rounded(parts),
            expected,
            "{top}/{bottom}"
        );
    }
}
