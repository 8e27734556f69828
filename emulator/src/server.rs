//! Serves the resource on sockets.

use std::sync::Arc;
use std::time::SystemTime;

use crate::body::Body;
use http::request::Parts;
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use hyper::body::Bytes;
use hyper::body::Incoming;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::clock::{Clock, time_of_day};
use crate::control::Control;
use crate::delivery::Delivery;
use crate::error::{ServiceError, shown, shown_up_to};
use crate::execution_gate::ExecutionGate;
use crate::journal_entry;
use crate::log::Log;
use crate::media::MediaMemory;
use crate::page::Page;
use crate::recorded::RecordedRequest;
use crate::recording_files;
use crate::request::Request;
use crate::request_faults::{RequestFault, RequestFaults};
use crate::resource::Resource;
use crate::response::Response;
use crate::route::Route;

use self::body::BodyReader;
use self::listener::{ConnectionContext, Listener};
use self::recorded_requests::RecordedRequests;

pub(crate) use self::limits::Limits;
pub(crate) use self::sockets::Sockets;

mod body;
mod connections;
mod control_origin;
mod limits;
mod listener;
mod recorded_requests;
mod sockets;

#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) resource: Arc<Resource>,
    pub(crate) clock: Clock,
    pub(crate) gate: ExecutionGate,
    pub(crate) delivery: Arc<Delivery>,
    pub(crate) media: MediaMemory,
    faults: RequestFaults,
    limits: Limits,
    bodies: BodyReader,
    requests: RecordedRequests,
    page: Page,
    log: Log,
}

impl Server {
    pub(crate) fn new(
        resource: Arc<Resource>,
        delivery: Arc<Delivery>,
        media: MediaMemory,
        clock: Clock,
        limits: Limits,
        log: Log,
    ) -> Self {
        Self {
            page: Page::new(resource.journal().clone()),
            resource,
            clock,
            gate: ExecutionGate::open(),
            delivery,
            media,
            faults: RequestFaults::default(),
            limits,
            bodies: BodyReader::new(limits),
            requests: RecordedRequests::new(limits.recorded_bytes),
            log,
        }
    }

    /// Serves until `stop` is sent or dropped; requests that have arrived by then are still
    /// answered.
    pub(crate) async fn run(self: Arc<Self>, sockets: Sockets, stop: oneshot::Receiver<()>) {
        let limits = self.limits;
        let handler = move |request, context| self.clone().handle(request, context);
        Listener::new(limits, sockets.tls, handler).run(sockets.listeners, stop).await;
    }

    /// The requests answered so far, oldest first.
    pub(crate) fn requests(&self) -> Vec<RecordedRequest> {
        self.requests.to_vec()
    }

    async fn handle(
        self: Arc<Self>,
        request: http::Request<Incoming>,
        context: ConnectionContext,
    ) -> http::Response<Body> {
        let (parts, body) = request.into_parts();
        let checked = check_host(&parts);
        let body = match checked {
            Ok(()) => self.bodies.read(body).await,
            Err(error) => Err(error),
        };
        let _work = context.work();
        let received = self.clock.now();
        let target = parts.uri.path_and_query().map_or("", |target| target.as_str()).to_owned();
        let request = |body| {
            let (method, scheme) = (parts.method, context.scheme);
            let headers = copied(&parts.headers);
            Arc::new(Request { scheme, method, target, headers, body })
        };
        match body {
            Err(error) => self.complete(received, request(Bytes::new()), error.into()).into(),
            Ok(body) => {
                let request = request(body.bytes.clone());
                if let Err(error) = control_origin::check(&request) {
                    return self.complete(received, request, error.into()).into();
                }
                if let Some(response) = self.page.response(&request) {
                    return response;
                }
                // A task of its own, so that an execution continues when the client disconnects.
                let fault = self.fault(&request);
                let response = tokio::spawn(self.respond(received, request, fault.clone())).await;
                send(response.unwrap_or_else(|_| broken().into()), fault).await
            }
        }
    }

    async fn respond(
        self: Arc<Self>,
        received: SystemTime,
        request: Arc<Request>,
        fault: Option<RequestFault>,
    ) -> Response {
        let origin = request.origin();
        let endpoint = origin.as_deref().unwrap_or(&self.resource.settings().endpoint);
        if let Some(document) = self.delivery.open_id(request.path(), endpoint).await {
            return Response::json(StatusCode::OK, &document);
        }
        if let Some(response) = self.beside_the_api(&request) {
            return response;
        }
        if let Some(response) = fault.and_then(|fault| fault.response()) {
            return self.complete(received, request, response);
        }
        let response = match self.resource.receive(&request, received) {
            Ok(execution) => {
                let _passed = self.gate.pass().await;
                self.resource.carry_out(execution)
            }
            Err(response) => response,
        };
        self.complete(received, request, response)
    }

    /// Answers a request that is not for the API.
    fn beside_the_api(&self, request: &Request) -> Option<Response> {
        let (path, now) = (request.path(), self.clock.now());
        if recording_files::has(path) {
            return Some(recording_files::respond(&self.resource, request, now));
        }
        let control = Control {
            resource: &self.resource,
            delivery: &self.delivery,
            call_audio: &self.media.call_audio,
            clock: &self.clock,
            faults: &self.faults,
            requests: &|| self.requests.to_vec().iter().map(RecordedRequest::to_json).collect(),
            forget_requests: &|| self.requests.clear(),
        };
        Control::has(path).then(|| {
            let response = control.respond(request);
            let entry = journal_entry::of_person(now, request);
            if let Some(entry) = entry.filter(|_| response.status().is_success()) {
                self.resource.journal().add(&entry);
            }
            response
        })
    }

    /// The planned fault of a request to the API.
    fn fault(&self, request: &Request) -> Option<RequestFault> {
        let route = Route::find(&request.method, request.path()).ok()?;
        self.faults.take(&route.operation.id)
    }

    /// Adds the headers of every response, and keeps the request.
    fn complete(
        &self,
        received: SystemTime,
        request: Arc<Request>,
        mut response: Response,
    ) -> Response {
        response.add_header("x-ms-request-id", &Uuid::new_v4().to_string());
        let route = Route::find(&request.method, request.path()).ok();
        if let Some(route) = &route {
            response.add_header("api-supported-versions", &route.service.versions.join(", "));
        }
        let wanted = request.header("x-ms-return-client-request-id");
        if wanted.is_some_and(|wanted| wanted.eq_ignore_ascii_case("true")) {
            let id = request.header("x-ms-client-request-id");
            id.into_iter().for_each(|id| response.add_header("x-ms-client-request-id", id));
        }
        if !control_origin::is_control(&request) {
            let entry = journal_entry::of_request(received, &request, route.as_ref(), &response);
            self.resource.journal().add(&entry);
        }
        self.log.line(|| self.log_line(&request, route.as_ref(), &response));
        self.requests.push(RecordedRequest::new(request, response.status().as_u16()));
        response
    }

    fn log_line(&self, request: &Request, route: Option<&Route>, response: &Response) -> String {
        let time = time_of_day(self.clock.now());
        let (method, target) = (shown(request.method.as_str()), shown_up_to(500, &request.target));
        let operation = route.map_or("-", |route| &route.operation.id);
        let mut line =
            format!("{time} {method} {target} {} {operation}", response.status().as_u16());
        if let Some(error) = response.error_message() {
            line.push_str(": ");
            line.push_str(&error);
        }
        line
    }
}

/// The response to a request, with its fault applied.
async fn send(response: Response, fault: Option<RequestFault>) -> http::Response<Body> {
    let length = response.length();
    let Some(fault) = fault else { return response.into() };
    if let Some(delay) = fault.delay {
        tokio::time::sleep(delay).await;
    }
    match fault.breakage {
        Some(breakage) => breakage.apply(response.into(), length),
        None => response.into(),
    }
}

/// A copy of headers that can be kept: their values are parts of the buffer of the connection, which
/// they would keep alive with all of its bytes.
fn copied(headers: &HeaderMap) -> HeaderMap {
    let copy = |value: &HeaderValue| HeaderValue::from_bytes(value.as_bytes()).ok();
    headers.iter().filter_map(|(name, value)| Some((name.clone(), copy(value)?))).collect()
}

/// The host must be unambiguous (RFC 9112, section 3.2).
fn check_host(parts: &Parts) -> Result<(), ServiceError> {
    let mut hosts = parts.headers.get_all(header::HOST).iter();
    match (hosts.next(), hosts.next()) {
        (None, _) if parts.version < Version::HTTP_11 => Ok(()),
        (None, _) => Err(ServiceError::bad_request("Host", "`Host` is missing")),
        (Some(_), Some(_)) => {
            Err(ServiceError::bad_request("Host", "`Host` is sent more than once; send it once"))
        }
        (Some(host), None) => match Authority::try_from(host.as_bytes()) {
            Ok(authority) if !authority.as_str().contains('@') => Ok(()),
            _ => Err(ServiceError::bad_request("Host", "`Host` is not a host name with a port")),
        },
    }
}

fn broken() -> ServiceError {
    let message = "the emulator failed at this request, which is a bug in it";
    ServiceError::new(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", message)
}
