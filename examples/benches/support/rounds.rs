//! Measures two programs in turns, so that changes of the machine's speed affect both programs.

use std::time::{Duration, Instant};

use super::BoxError;

/// The times of two programs, one for each round.
pub(crate) struct RoundTimes {
    ours: Vec<Duration>,
    theirs: Vec<Duration>,
}

impl RoundTimes {
    /// Runs both programs `rounds` times, in turns. An additional first round warms up, and does not count.
    pub(crate) async fn measure(
        rounds: usize,
        ours: impl AsyncFn() -> Result<(), BoxError>,
        theirs: impl AsyncFn() -> Result<(), BoxError>,
    ) -> Result<RoundTimes, BoxError> {
        let mut taken = RoundTimes { ours: Vec::new(), theirs: Vec::new() };
        for round in 0..=rounds {
            // The order changes with each round, because the second program finds a warmer machine.
            let (our, their) = if round % 2 == 0 {
                let our = time(&ours).await?;
                (our, time(&theirs).await?)
            } else {
                let their = time(&theirs).await?;
                (time(&ours).await?, their)
            };
            if round > 0 {
                taken.ours.push(our);
                taken.theirs.push(their);
            }
        }
        Ok(taken)
    }

    /// Returns the amounts that our and the other program process in a second, at their median times. `amount` is the
    /// amount of a round.
    pub(crate) fn compute_rates(&self, amount: f64) -> (f64, f64) {
        let rate = |times: &[Duration]| amount / quantile(times.iter().map(Duration::as_secs_f64), 0.5);
        (rate(&self.ours), rate(&self.theirs))
    }

    /// Returns the additional time of our program in percent: the median of the rounds, and the first and third
    /// quartile.
    pub(crate) fn compute_overhead(&self) -> (f64, f64, f64) {
        let pairs = self.ours.iter().zip(&self.theirs);
        let ratios = pairs.map(|(ours, theirs)| (ours.as_secs_f64() / theirs.as_secs_f64() - 1.0) * 100.0);
        let ratios: Vec<f64> = ratios.collect();
        let quartile = |share| quantile(ratios.iter().copied(), share);
        (quartile(0.5), quartile(0.25), quartile(0.75))
    }
}

async fn time(run: impl AsyncFn() -> Result<(), BoxError>) -> Result<Duration, BoxError> {
    let started = Instant::now();
    run().await?;
    Ok(started.elapsed())
}

fn quantile(values: impl Iterator<Item = f64>, share: f64) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    let at = (values.len().saturating_sub(1) as f64 * share).round() as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}
