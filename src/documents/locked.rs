//! A PDF behind a passphrase: AES with 256 bits as ISO 32000-2 has it, which every common PDF reader opens. It encrypts the
//! bytes that it is given and lays out nothing.

use super::Error;
use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The same papers, readable only with the passphrase. `key` are 256 random bits, for this file alone.
pub fn locked(pdf: &[u8], passphrase: &str, key: &[u8; 32]) -> Result<Vec<u8>, Error> {
    let mut document = Document::load_mem(pdf)?;
    let filter: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
    let permissions = Permissions::PRINTABLE
        | Permissions::PRINTABLE_IN_HIGH_QUALITY
        | Permissions::COPYABLE
        | Permissions::COPYABLE_FOR_ACCESSIBILITY;
    let version = EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: BTreeMap::from([(b"StdCF".to_vec(), filter)]),
        file_encryption_key: key,
        stream_filter: b"StdCF".to_vec(),
        string_filter: b"StdCF".to_vec(),
        owner_password: passphrase,
        user_password: passphrase,
        permissions,
    };
    document.encrypt(&EncryptionState::try_from(version)?)?;
    document.version = "2.0".into();
    let mut bytes = Vec::with_capacity(pdf.len() + 4096);
    document.save_to(&mut bytes)?;
    Ok(bytes)
}
