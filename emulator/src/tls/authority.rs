//! The certificate authority, created once and kept in a directory.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, date_time_ymd,
};
use ring::digest::{SHA256, digest};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use uuid::Uuid;

const CERTIFICATE_FILE: &str = "ca.pem";
const KEY_FILE: &str = "ca-key.pem";

/// Some systems refuse a certificate that is valid for longer than 398 days.
const LIFETIME: Duration = Duration::from_secs(397 * 24 * 60 * 60);

/// A key that only its owner can read, and its certificate, which clients trust.
pub(super) struct CertificateAuthority {
    issuer: Issuer<'static, KeyPair>,
}

impl CertificateAuthority {
    pub(super) fn certificate_path(directory: &Path) -> PathBuf {
        directory.join(CERTIFICATE_FILE)
    }

    /// Reads the authority in `directory`, and creates missing files. Two emulators that start at
    /// the same time end up with the same key.
    pub(super) fn load_or_create(directory: &Path) -> io::Result<Self> {
        create_directory(directory)?;
        let key = load_or_create_key(&directory.join(KEY_FILE))?;
        let params = authority_params(&key);
        let path = Self::certificate_path(directory);
        if !is_certificate_of(&path, &key)? {
            create_certificate(&path, &params, &key)?;
        }
        Ok(Self { issuer: Issuer::new(params, key) })
    }

    /// A certificate for a server with these host names and IP addresses, and its key.
    pub(super) fn issue(
        &self,
        names: Vec<String>,
    ) -> io::Result<(CertificateDer<'static>, PrivateKeyDer<'static>)> {
        let key = KeyPair::generate().map_err(io::Error::other)?;
        let mut params = CertificateParams::new(names).map_err(io::Error::other)?;
        params.distinguished_name.push(DnType::CommonName, "acs-rest-emulator");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.use_authority_key_identifier_extension = true;
        let now = SystemTime::now();
        // A client's clock may be behind.
        params.not_before = (now - Duration::from_secs(24 * 60 * 60)).into();
        params.not_after = (now + LIFETIME - Duration::from_secs(24 * 60 * 60)).into();
        let issued = params.signed_by(&key, &self.issuer).map_err(io::Error::other)?;
        Ok((issued.der().clone(), PrivatePkcs8KeyDer::from(key.serialize_der()).into()))
    }
}

fn create_directory(directory: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

fn load_or_create_key(path: &Path) -> io::Result<KeyPair> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let key = KeyPair::generate().map_err(io::Error::other)?;
            write_new(path, &key.serialize_pem(), 0o600)?;
        }
        Err(error) => return Err(error),
        Ok(_) => restrict(path)?,
    }
    // Read in either case: another emulator may have been first.
    let pem = fs::read_to_string(path)?;
    KeyPair::from_pem(&pem).map_err(|error| broken(path, &error.to_string()))
}

/// Whether there is a certificate in the file, and it belongs to the key.
fn is_certificate_of(path: &Path, key: &KeyPair) -> io::Result<bool> {
    let pem = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        read => read?,
    };
    let certificate =
        CertificateDer::from_pem_slice(&pem).map_err(|error| broken(path, &error.to_string()))?;
    let public_key = key.der_bytes();
    Ok(certificate.windows(public_key.len()).any(|window| window == public_key))
}

fn create_certificate(path: &Path, params: &CertificateParams, key: &KeyPair) -> io::Result<()> {
    let certificate = params.self_signed(key).map_err(io::Error::other)?;
    // Whichever emulator renames last: both certificates are of the same key.
    let temporary = write_temporary(path, &certificate.pem(), 0o644)?;
    fs::rename(&temporary, path)
}

/// The same for the same key, since the issuer's name in a certificate has to be the authority's.
fn authority_params(key: &KeyPair) -> CertificateParams {
    let mut params = CertificateParams::default();
    let fingerprint: String = digest(&SHA256, key.der_bytes())
        .as_ref()
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let name = format!("acs-rest-emulator CA {fingerprint}");
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2049, 12, 31);
    params
}

/// Writes a file that is not there yet, all at once; one that is there already stays.
fn write_new(path: &Path, text: &str, mode: u32) -> io::Result<()> {
    let temporary = write_temporary(path, text, mode)?;
    let linked = fs::hard_link(&temporary, path);
    fs::remove_file(&temporary)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    }
}

fn write_temporary(path: &Path, text: &str, mode: u32) -> io::Result<PathBuf> {
    let temporary = path.with_extension(Uuid::new_v4().to_string());
    create_file(&temporary, mode)?.write_all(text.as_bytes())?;
    Ok(temporary)
}

fn create_file(path: &Path, mode: u32) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    options.open(path)
}

/// Takes the key away from others who can read it.
fn restrict(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = fs::metadata(path)?.permissions();
        if permissions.mode() & 0o077 != 0 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        }
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn broken(path: &Path, why: &str) -> io::Error {
    let path = path.display();
    let message = format!("`{path}` cannot be read ({why}); delete it to have it made again");
    io::Error::new(io::ErrorKind::InvalidData, message)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A directory that is deleted with its guard.
    struct Directory(PathBuf);

    impl Directory {
        fn new() -> Self {
            Self(std::env::temp_dir().join(format!("acs-rest-emulator-{}", Uuid::new_v4())))
        }

        fn mode(&self, name: &str) -> u32 {
            fs::metadata(self.0.join(name)).unwrap().permissions().mode() & 0o777
        }

        fn read(&self, name: &str) -> String {
            fs::read_to_string(self.0.join(name)).unwrap()
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _absent = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn an_authority_is_made_once_and_its_key_is_private() {
        let directory = Directory::new();
        CertificateAuthority::load_or_create(&directory.0).unwrap();
        let (key, certificate) = (directory.read(KEY_FILE), directory.read(CERTIFICATE_FILE));
        CertificateAuthority::load_or_create(&directory.0).unwrap();
        assert_eq!(
            (key, certificate),
            (directory.read(KEY_FILE), directory.read(CERTIFICATE_FILE))
        );
        assert_eq!((directory.mode("."), directory.mode(KEY_FILE)), (0o700, 0o600));
        assert_eq!(fs::read_dir(&directory.0).unwrap().count(), 2);
    }

    #[test]
    fn a_key_that_others_can_read_is_restricted() {
        let directory = Directory::new();
        CertificateAuthority::load_or_create(&directory.0).unwrap();
        let path = directory.0.join(KEY_FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        CertificateAuthority::load_or_create(&directory.0).unwrap();
        assert_eq!(directory.mode(KEY_FILE), 0o600);
    }

    #[test]
    fn emulators_that_start_together_share_one_key() {
        let directory = Directory::new();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| CertificateAuthority::load_or_create(&directory.0).unwrap());
            }
        });
        let key = KeyPair::from_pem(&directory.read(KEY_FILE)).unwrap();
        assert!(is_certificate_of(&directory.0.join(CERTIFICATE_FILE), &key).unwrap());
    }

    #[test]
    fn a_certificate_of_another_key_is_made_again() {
        let directory = Directory::new();
        CertificateAuthority::load_or_create(&directory.0).unwrap();
        let first = directory.read(CERTIFICATE_FILE);
        fs::remove_file(directory.0.join(KEY_FILE)).unwrap();
        CertificateAuthority::load_or_create(&directory.0).unwrap();
        assert_ne!(first, directory.read(CERTIFICATE_FILE));
    }

    #[test]
    fn a_broken_file_is_named_with_the_way_out() {
        let directory = Directory::new();
        CertificateAuthority::load_or_create(&directory.0).unwrap();
        for name in [CERTIFICATE_FILE, KEY_FILE] {
            fs::write(directory.0.join(name), "no PEM").unwrap();
            let error = CertificateAuthority::load_or_create(&directory.0).err().unwrap();
            let error = error.to_string();
            assert!(error.contains(name) && error.contains("delete it"), "{error}");
        }
    }
}
