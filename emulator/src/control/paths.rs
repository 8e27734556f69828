//! The methods and paths of the control API, for errors.

use http::{Method, StatusCode};

use super::PREFIX;
use crate::error::{ServiceError, shown};

/// Each path below `/_emulator` with its methods; a segment in braces stands for any text.
const PATHS: [(&str, &str); 15] = [
    ("assertions", "POST"),
    ("calls", "GET"),
    ("calls/{serverCallId}/audio", "GET"),
    ("calls/{serverCallId}/participants/{rawId}:{action}", "POST"),
    ("clock", "GET, POST"),
    ("eventGrid/subscriptions", "GET, POST"),
    ("eventGrid/subscriptions/{id}", "DELETE"),
    ("eventGrid/validate", "GET"),
    ("events", "GET"),
    ("faults", "POST"),
    ("incomingCalls", "POST"),
    ("journal", "GET"),
    ("people", "GET, PUT, POST"),
    ("requests", "GET"),
    ("reset", "POST"),
];

/// The error for a method and path that the control API does not have.
pub(super) fn not_served(method: &Method, path: &str) -> ServiceError {
    let segments = path.strip_prefix(PREFIX).unwrap_or(path).trim_start_matches('/');
    if let Some((_, allowed)) = PATHS.into_iter().find(|(known, _)| is_like(known, segments)) {
        let message = format!("`{}` takes {allowed}, not {}", shown(path), shown(method.as_str()));
        return ServiceError::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message)
            .with_header("allow", allowed);
    }
    let known = PATHS.map(|(path, methods)| format!("`{methods} {path}`")).join(", ");
    let path = shown(path);
    ServiceError::not_found(format!(
        "the control API has no `{path}`; below {PREFIX} it has {known}"
    ))
}

fn is_like(known: &str, segments: &str) -> bool {
    let (known, given) = (known.split('/'), segments.split('/'));
    known.clone().count() == given.clone().count()
        && known.zip(given).all(|(known, given)| known.starts_with('{') || known == given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_path_names_its_methods_and_another_one_all_paths() {
        let error = not_served(&Method::GET, "/_emulator/faults");
        assert_eq!(
            (error.status, &*error.message),
            (StatusCode::METHOD_NOT_ALLOWED, "`/_emulator/faults` takes POST, not GET")
        );
        let error = not_served(&Method::GET, "/_emulator/calls/s/participants/4:+1:press");
        assert!(error.message.ends_with("takes POST, not GET"), "{}", error.message);
        for path in ["/_emulator/fault", "/_emulator/calls/s/participants", "/_emulator/"] {
            let error = not_served(&Method::POST, path);
            assert_eq!(error.status, StatusCode::NOT_FOUND);
            assert!(error.message.contains("`POST reset`"), "{}", error.message);
        }
    }
}
