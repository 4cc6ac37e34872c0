//! Devices that came in before. A device keeps a *mark*: a random id and, for each of the last subjects it came in
//! as, a proof that only this server can make. Nothing is kept here about a device, and a mark lets nobody in: it
//! only gives its device an allowance of its own ([`super::tries`]).

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::{
    App, Error, Result, chance,
    tries::{Subject, Try},
};

/// Tablets change hands: so many people's proofs stay on one.
const PROOFS_MAX: usize = 8;
const PROOF_CHARS: usize = 32;
const ID_CHARS_MAX: usize = 32;

/// What a device brings along; [`Device::default`] is one that brings nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    id: String,
    /// The newest first.
    proofs: Vec<String>,
}

impl Device {
    /// From the text of [`Device::mark`]; anything else is a device that brings nothing.
    pub fn read(mark: &str) -> Self {
        let mut parts = mark.split('.');
        let id = parts.next().unwrap_or_default();
        let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if id.is_empty() || id.len() > ID_CHARS_MAX || !plain(id) {
            return Self::default();
        }
        let proofs = parts.filter(|proof| proof.len() == PROOF_CHARS && plain(proof)).take(PROOFS_MAX);
        Self { id: id.to_owned(), proofs: proofs.map(ToOwned::to_owned).collect() }
    }

    /// What the device keeps: letters, digits, `-`, `_` and `.`, less than 300 of them.
    pub fn mark(&self) -> String {
        let mut mark = self.id.clone();
        for proof in &self.proofs {
            mark.push('.');
            mark.push_str(proof);
        }
        mark
    }

    fn knows(&self, secret: &str, subject: &Subject) -> bool {
        !self.id.is_empty() && self.proofs.contains(&proof(secret, &self.id, subject))
    }

    fn learn(&mut self, secret: &str, subject: &Subject) {
        let fresh = proof(secret, &self.id, subject);
        self.proofs.retain(|proof| *proof != fresh);
        self.proofs.insert(0, fresh);
        self.proofs.truncate(PROOFS_MAX);
    }
}

/// Half of a digest: who sees it cannot continue it.
fn proof(secret: &str, id: &str, subject: &Subject) -> String {
    let digest = Sha256::digest(format!("leitai device {secret} {id} {}", subject.sign()));
    HEXLOWER.encode(&digest[..PROOF_CHARS / 2])
}

impl App {
    /// One try at a secret: every way of coming in asks here. [`Error::TriedTooOften`] without a look at the secret
    /// when it comes too early; else what `check` says, and the device as it comes out of it. `check` says
    /// [`Error::NotLetIn`] when the secret is wrong; another error is nobody's failure.
    pub(super) async fn try_secret<T>(
        &self,
        subject: &Subject,
        device: &Device,
        check: impl Future<Output = Result<T>>,
    ) -> Result<(T, Device)> {
        let secret = self.device_secret().await?;
        let known = device.knows(secret, subject).then_some(device.id.as_str());
        let begun = self.begin_try(subject, known)?;
        match check.await {
            Ok(found) => {
                self.tries().succeeded(begun);
                Ok((found, self.known_as(subject, device).await?))
            }
            Err(Error::NotLetIn) => Err(Error::NotLetIn),
            Err(error) => {
                self.tries().give_back(begun);
                Err(error)
            }
        }
    }

    /// The device, after it came in as this subject.
    pub(super) async fn known_as(&self, subject: &Subject, device: &Device) -> Result<Device> {
        let mut device = device.clone();
        if device.id.is_empty() {
            device.id = chance::token()?;
        }
        device.learn(self.device_secret().await?, subject);
        Ok(device)
    }

    /// Failures at an old secret count no more; for whoever gives somebody a new one.
    pub(super) fn forgive(&self, subject: &Subject) {
        self.tries().forgive(subject);
    }

    fn begin_try(&self, subject: &Subject, known: Option<&str>) -> Result<Try> {
        let now = self.now();
        self.tries().begin(subject, known, now).map_err(|next| {
            tracing::info!(subject = subject.sign(), known = known.is_some(), "a secret was tried too often");
            Error::TriedTooOften { wait_ms: u64::try_from(next.0 - now.0).unwrap_or(1) }
        })
    }

    /// Kept for good, so that a restart makes no stranger of anybody's device.
    async fn device_secret(&self) -> Result<&str> {
        let kept = self.0.device_secret.get_or_try_init(|| async {
            let fresh = HEXLOWER.encode(&chance::bytes::<32>()?);
            Ok::<_, Error>(self.store().setting_or("device-secret", &fresh).await?)
        });
        Ok(kept.await?)
    }

    fn tries(&self) -> std::sync::MutexGuard<'_, super::tries::Tries> {
        self.0.tries.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::tries::There;

    fn subject(login: &str) -> Subject {
        Subject::account(login, There::Is)
    }

    #[test]
    fn a_device_knows_whom_it_let_in_and_nobody_else() {
        let mut device = Device { id: "tablet".into(), proofs: Vec::new() };
        device.learn("secret", &subject("zhang"));
        let back = Device::read(&device.mark());
        assert_eq!(back, device);
        assert!(back.knows("secret", &subject("zhang")));
        assert!(!back.knows("secret", &subject("li")), "another account");
        assert!(!back.knows("another secret", &subject("zhang")), "another server");
        let copied = Device { id: "other".into(), proofs: back.proofs.clone() };
        assert!(!copied.knows("secret", &subject("zhang")), "a proof belongs to its device");
        assert!(!Device::default().knows("secret", &subject("zhang")));
    }

    #[test]
    fn a_device_remembers_the_last_eight() {
        let mut device = Device { id: "tablet".into(), proofs: Vec::new() };
        let names: Vec<String> = (0..9).map(|at| format!("judge{at}")).collect();
        for name in &names {
            device.learn("secret", &subject(name));
        }
        device.learn("secret", &subject("judge8"));
        let known = names.iter().filter(|name| device.knows("secret", &subject(name))).collect::<Vec<_>>();
        assert_eq!(known, names.iter().skip(1).collect::<Vec<_>>());
        assert!(device.mark().len() < 300);
    }

    #[test]
    fn what_is_not_a_mark_brings_nothing() {
        let long = "x".repeat(33);
        for mark in ["", ".", "a b", "标记", "a\r\nSet-Cookie: x=1", long.as_str()] {
            assert_eq!(Device::read(mark), Device::default(), "{mark:?}");
        }
        assert_eq!(Device::read("tablet.short.nothing").mark(), "tablet");
    }
}
