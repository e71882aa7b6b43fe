//! How much is simulated.

/// How much is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Effort {
    /// Every row, as many worlds as the published table.
    #[default]
    Full,
    /// Every row, few worlds: for continuous integration.
    Quick,
}

/// How much is simulated, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SelftestPlan {
    /// How much.
    pub effort: Effort,
    /// Worlds a row; `None` for what the effort says.
    pub worlds: Option<u32>,
    /// Seed of the random streams.
    pub seed: u64,
}

impl SelftestPlan {
    /// Worlds a row, at least 1.
    pub fn worlds(&self) -> u32 {
        let of_effort = match self.effort {
            Effort::Full => 1_000,
            Effort::Quick => 30,
        };
        self.worlds.unwrap_or(of_effort).max(1)
    }
}
