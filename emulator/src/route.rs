//! Finds the operation of a request target, and the arguments in its path.

use std::sync::LazyLock;

use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;

use crate::error::{ServiceError, shown, shown_up_to};
use crate::spec::{Operation, SERVICES, Spec};

/// An operation of the specification, with the arguments that the path gave.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) service: &'static Spec,
    pub(crate) operation: &'static Operation,
    arguments: Vec<(&'static str, String)>,
}

impl Route {
    /// Finds the operation by the path as sent: an encoded slash stays within its segment, and an
    /// argument is decoded exactly once.
    pub(crate) fn find(method: &Method, path: &str) -> Result<Self, ServiceError> {
        let mut other_methods = Vec::new();
        for template in &*TEMPLATES {
            let Some(arguments) = template.arguments(path) else { continue };
            let Template { service, operation, .. } = *template;
            if operation.method == method.as_str() {
                return Ok(Self { service, operation, arguments: decode(arguments)? });
            }
            // The `{id}` of another method has matched an unknown verb: not found.
            if arguments.iter().all(|(_, argument)| !argument.contains(':')) {
                other_methods.push(operation.method.as_str());
            }
        }
        Err(nowhere(method, path, &other_methods))
    }

    /// The argument of a placeholder that the operation's template has.
    pub(crate) fn argument(&self, name: &str) -> &str {
        let argument = self.arguments.iter().find(|(placeholder, _)| *placeholder == name);
        argument.map_or("", |(_, value)| value)
    }
}

/// In the order of the spec. No two of one method match the same path: the verbs after a
/// placeholder differ, and a bare placeholder stands under GET and DELETE alone.
static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    let operations = SERVICES
        .iter()
        .flat_map(|service| service.operations.iter().map(move |operation| (service, operation)));
    operations.map(|(service, operation)| Template::new(service, operation)).collect()
});

struct Template {
    service: &'static Spec,
    operation: &'static Operation,
    segments: Vec<Segment>,
}

impl Template {
    fn new(service: &'static Spec, operation: &'static Operation) -> Self {
        let segments = operation.path.split('/').map(Segment::new).collect();
        Self { service, operation, segments }
    }

    /// The arguments in a path that this template matches, still encoded.
    fn arguments<'a>(&self, path: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
        let mut arguments = Vec::new();
        let mut sent = path.split('/');
        for segment in &self.segments {
            arguments.extend(segment.matches(sent.next()?)?);
        }
        sent.next().is_none().then_some(arguments)
    }
}

/// `literal`, or `{placeholder}` between literals that may be empty.
enum Segment {
    Literal(&'static str),
    Mixed { before: &'static str, placeholder: &'static str, after: &'static str },
}

impl Segment {
    fn new(text: &'static str) -> Self {
        let mixed = text.split_once('{').and_then(|(before, rest)| {
            let (placeholder, after) = rest.split_once('}')?;
            Some(Self::Mixed { before, placeholder, after })
        });
        mixed.unwrap_or(Self::Literal(text))
    }

    /// `None` when the segment does not match, else its argument if it has one.
    fn matches<'a>(&self, sent: &'a str) -> Option<Option<(&'static str, &'a str)>> {
        match *self {
            Self::Literal(literal) => (sent == literal).then_some(None),
            Self::Mixed { before, placeholder, after } => {
                let argument = sent.strip_prefix(before)?.strip_suffix(after)?;
                (!argument.is_empty()).then_some(Some((placeholder, argument)))
            }
        }
    }
}

fn decode(
    arguments: Vec<(&'static str, &str)>,
) -> Result<Vec<(&'static str, String)>, ServiceError> {
    let decoded = arguments.into_iter().map(|(placeholder, encoded)| {
        match percent_decode_str(encoded).decode_utf8() {
            Ok(argument) => Ok((placeholder, argument.into_owned())),
            Err(_) => Err(ServiceError::bad_request(
                placeholder,
                format!("`{placeholder}` in the path is not UTF-8 once it is decoded"),
            )),
        }
    });
    decoded.collect()
}

fn nowhere(method: &Method, path: &str, other_methods: &[&str]) -> ServiceError {
    /// Characters: room for every operation of the specification, with its ids.
    const PATH: usize = 2000;
    let (method, path) = (shown(method.as_str()), shown_up_to(PATH, path));
    if other_methods.is_empty() {
        return ServiceError::not_found(format!("{}; {}", unknown(&method, &path), emulated()));
    }
    let allowed = other_methods.join(", ");
    let message = format!("`{path}` does not take `{method}`; it takes {allowed}");
    ServiceError::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message)
        .with_header("allow", allowed)
}

/// The first segments of paths, and the services that they belong to.
const SEGMENTS: [(&str, &str); 14] = [
    ("access", "Identity"),
    ("availablePhoneNumbers", "Phone Numbers"),
    ("calling", "Call Automation"),
    ("chat", "Chat"),
    ("emails", "Email"),
    ("identities", "Identity"),
    ("messages", "Advanced Messaging"),
    ("networkTraversal", "Network Traversal"),
    ("phoneNumbers", "Phone Numbers"),
    ("rooms", "Rooms"),
    ("routing", "Job Router"),
    ("sip", "SIP routing"),
    ("sms", "SMS"),
    ("teamsUser", "Identity"),
];

fn unknown(method: &str, path: &str) -> String {
    let segment = path.split('/').nth(1).unwrap_or_default();
    let segment = segment.split(':').next().unwrap_or_default();
    let service = SEGMENTS.iter().find(|(known, _)| *known == segment);
    match service.map(|(_, service)| *service) {
        Some(service) if SERVICES.iter().any(|spec| spec.name == service) => {
            format!("{service} has no operation `{method} {path}`")
        }
        Some(service) => format!("{service} is not emulated, and so not `{method} {path}`"),
        None => format!("no operation is `{method} {path}`"),
    }
}

fn emulated() -> String {
    let services = SERVICES.iter().map(|spec| {
        let versions: Vec<&str> = spec.versions.iter().map(String::as_str).collect();
        format!("{} ({})", spec.name, versions.join(", "))
    });
    format!("emulated are {}", services.collect::<Vec<_>>().join(" and "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(method: Method, path: &str) -> Result<Route, ServiceError> {
        Route::find(&method, path)
    }

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        for service in &*SERVICES {
            for operation in &service.operations {
                let method = operation.method.parse().unwrap();
                let path = operation.path.replace('{', "<").replace('}', ">");
                let route = find(method, &path).unwrap();
                assert_eq!(route.operation.id, operation.id);
                for (placeholder, argument) in &route.arguments {
                    assert_eq!(*argument, format!("<{placeholder}>"));
                }
            }
        }
    }

    #[test]
    fn a_placeholder_and_a_verb_share_a_segment() {
        let route = find(Method::POST, "/calling/callConnections/a:b:terminate").unwrap();
        assert_eq!(route.operation.id, "CallConnection_TerminateCall");
        assert_eq!(route.argument("callConnectionId"), "a:b");
        let route = find(Method::POST, "/identities/8%3Aacs%3Ax/:issueAccessToken").unwrap();
        assert_eq!(route.argument("id"), "8:acs:x");
    }

    #[test]
    fn an_argument_is_decoded_once_and_stays_in_its_segment() {
        let route = find(Method::GET, "/calling/callConnections/a%2Fb%252F+%20c").unwrap();
        assert_eq!(route.operation.id, "CallConnection_GetCall");
        assert_eq!(route.argument("callConnectionId"), "a/b%2F+ c");
    }

    #[test]
    fn a_path_that_the_specification_does_not_have_is_not_found() {
        for path in [
            "",
            "*",
            "/",
            "/calling/callConnection",
            "/calling/callConnections/",
            "/Calling/callConnections",
            "/calling/callConnections/:terminate",
            "/calling/callConnections/a:mute",
            "/calling/callConnections%3Aanswer",
            "/calling/callConnections/a%3Aterminate",
            "/calling/callConnections//participants:mute",
            "/calling/callConnections/a/participants:unmute",
            "/calling/callConnections/a/b/participants:mute",
            "/calling/callConnections/../participants:mute/",
            "//calling/callConnections",
        ] {
            let error = find(Method::POST, path).err();
            // One id, as far as the path tells, which other methods take.
            let status = if path.ends_with("a%3Aterminate") { 405 } else { 404 };
            assert_eq!(error.map(|r| r.status.as_u16()), Some(status), "{path}");
        }
    }

    #[test]
    fn another_method_is_not_allowed() {
        let error = find(Method::PATCH, "/calling/callConnections/a").unwrap_err();
        assert_eq!(error.status, 405);
        assert!(error.message.ends_with("it takes GET, DELETE"), "{}", error.message);
        let error = find(Method::GET, "/calling/callConnections/a/participants:mute");
        assert_eq!(error.unwrap_err().status, 405);
    }

    #[test]
    fn an_argument_that_is_not_utf8_is_refused() {
        let error = find(Method::GET, "/calling/callConnections/%FF").unwrap_err();
        assert_eq!(error.status, 400);
    }

    #[test]
    fn an_unknown_service_or_operation_is_named_whole() {
        let id = "a".repeat(100);
        for (path, expected) in [
            ("/rooms/7?a", "Rooms is not emulated, and so not `POST /rooms/7?a`"),
            ("/sms", "SMS is not emulated"),
            ("/messages/notifications:send", "Advanced Messaging is not emulated"),
            ("/emails:send", "Email is not emulated"),
            ("/nowhere", "no operation is `POST /nowhere`"),
            ("/identities/a/:renew", "Identity has no operation `POST /identities/a/:renew`"),
            (
                &format!("/calling/callConnections/{id}:startLoopback"),
                &format!(
                    "Call Automation has no operation `POST /calling/callConnections/{id}:startLoopback`"
                ),
            ),
        ] {
            let message = find(Method::POST, path).unwrap_err().message;
            assert!(message.starts_with(expected), "{message}");
            assert!(message.contains("; emulated are Call Automation (2023-10-15, "), "{message}");
        }
    }
}
