//! What ticks are worth: the seven customary rules of multiple choice.
//!
//! P points, K right options, W wrong ones; c right ticks, w wrong ticks. A blank answer is 0 by every rule.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::rules::decimal::{self, Overflow};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceRule {
    /// P when everything right is ticked and nothing wrong (全对得分).
    Exact,
    /// This share of P when something right is missing and nothing wrong is ticked (少选得一半).
    SubsetFixed { share: Decimal },
    /// P·c/K when nothing wrong is ticked.
    SubsetProportional,
    /// So many points for each right tick when nothing wrong is ticked; P when all are (每选对一项得分).
    PerOption { points: Decimal },
    /// max(0, P(c − w)/K).
    RightMinusWrong,
    /// max(0, P(c − w)/(K + W)).
    PerOptionPenalty,
    /// P(c + W − w)/(K + W): leaving a wrong option unticked is right, too.
    EveryOption,
}

/// Points before rounding. `ticks`: right and wrong ones; `options`: right and wrong ones.
pub fn points(
    rule: ChoiceRule,
    all: Decimal,
    ticks: (usize, usize),
    options: (usize, usize),
) -> Result<Decimal, Overflow> {
    let (right_ticks, wrong_ticks) = ticks;
    let (right, wrong) = options;
    let share = |part: Decimal, whole: usize| {
        Ok(decimal::div(decimal::mul(all, part)?, Decimal::from(whole))?.unwrap_or_default())
    };
    let clean = wrong_ticks == 0;
    let complete = clean && right_ticks == right;
    let net = Decimal::from(right_ticks) - Decimal::from(wrong_ticks);
    if right_ticks + wrong_ticks == 0 {
        return Ok(Decimal::ZERO);
    }
    match rule {
        ChoiceRule::RightMinusWrong => Ok(share(net, right)?.max(Decimal::ZERO)),
        // By the letter of the rule all right and nothing wrong is P·K/(K + W), less than P.
        ChoiceRule::PerOptionPenalty => Ok(share(net, right + wrong)?.max(Decimal::ZERO)),
        ChoiceRule::EveryOption => share(net + Decimal::from(wrong), right + wrong),
        _ if complete => Ok(all),
        ChoiceRule::SubsetFixed { share } if clean => decimal::mul(all, share),
        ChoiceRule::SubsetProportional if clean => share(Decimal::from(right_ticks), right),
        ChoiceRule::PerOption { points } if clean => Ok(decimal::mul(points, Decimal::from(right_ticks))?.min(all)),
        ChoiceRule::Exact
        | ChoiceRule::SubsetFixed { .. }
        | ChoiceRule::SubsetProportional
        | ChoiceRule::PerOption { .. } => Ok(Decimal::ZERO),
    }
}
