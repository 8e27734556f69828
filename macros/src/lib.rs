//! The attributes of [`acs-rest`](https://docs.rs/acs-rest), which re-exports and tests them.
//!
//! Models are in `models`. A declaration of operations passes through the modules in this order:
//!
//! 1. `syntax`: the source with its spans; a trait with syntax errors is read item by item.
//! 2. `template`: parses the path into segments of literals and placeholders.
//! 3. `check`: every rule. Errors go to `diagnostics`, everything else into
//! 4. `model`: the operations, and the methods that contain an error.
//! 5. `expand`: the user's trait, its implementation for `Client`, and the errors.
//!
//! `fallback` is for items other than traits, `crate_name` finds the name of the crate in the manifest,
//! and `names` changes the case of names and finds similar ones.

mod check;
mod crate_name;
mod diagnostics;
mod expand;
mod fallback;
mod model;
mod models;
mod names;
mod syntax;
mod template;

use proc_macro2::TokenStream;

use crate::diagnostics::Diagnostics;
use crate::syntax::{Declaration, Form};

/// Declares the method of a trait as a REST operation, and implements the trait for `Client`.
///
/// ```ignore (needs acs-rest, whose documentation runs it)
/// #[acs_operation(POST, "/calling/callConnections/<callConnectionId>/participants:mute", repeatable)]
/// pub trait MuteParticipants {
///     async fn mute_participants(&self, call_connection_id: &str, request: &MuteParticipantsRequest)
///         -> Result<MuteParticipantsResult>;
/// }
///
/// client.mute_participants("id", &request).await?;
/// ```
///
/// # Method and path
///
/// `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`, then the path as on the REST page, from its
/// first `/`, without host and query. A `<placeholder>` can be anywhere in a segment. The
/// placeholder `<callConnectionId>` takes the parameter `call_connection_id`. A parameter with
/// `#[url]` is the whole URL and replaces the path.
///
/// # Parameters
///
/// | Written | Sent as |
/// |---|---|
/// | `id: &str`, `#[path] id: &str` | the placeholder `<id>` |
/// | `#[path("id")] other: &str` | the placeholder `<id>` |
/// | `#[query] max_page_size: Option<u32>` | `maxPageSize=…` |
/// | `#[query("$top")] top: u32` | `$top=…` |
/// | `#[query] options: &ListOptions` | the fields of a struct that is declared with `#[acs_model(query)]`, or the entries of a map |
/// | `#[query(list = "comma")] tags: &[&str]` | `tags=a,b`; a comma in a value is encoded |
/// | `#[header("If-Match")] etag: &str` | the header; a list has commas between its values |
/// | `#[url] location: &str` | the whole URL, as returned by an earlier response; one that is not on the client's own host is refused, and an `api-version` is added if it has none |
/// | `#[body] request: &Request` | the body, as JSON |
/// | `#[body(content_type = "application/merge-patch+json")] …` | the same, with this type, which a `PATCH` must state |
/// | `#[body(content_type = "audio/wav")] file: Bytes` | the raw body: `Bytes`, `&[u8]`, `Vec<u8>`, `&str` or `String` |
/// | `#[body(content_type = "application/x-www-form-urlencoded")] …` | a form, encoded like a struct of query parameters |
///
/// A value in the query or a header is a string, a number, a `bool`, a UUID, a
/// `time::OffsetDateTime`, a string enum that is declared with `#[acs_model]`, or any type that
/// implements `acs_rest::QueryValue`. `format = ".."` in `#[query(..)]` and `#[header(..)]` selects
/// another format for a time or a duration:
///
/// | Format | Type | Written |
/// |---|---|---|
/// | `"rfc3339"` | `time::OffsetDateTime` | `2024-09-15T08:49:37Z`, as in the query by default |
/// | `"http_date"` | `time::OffsetDateTime` | `Sun, 15 Sep 2024 08:49:37 GMT`, as in a header by default |
/// | `"unix_seconds"` | `time::OffsetDateTime` | `1726390177` |
/// | `"date"` | `time::OffsetDateTime` | `2024-09-15` |
/// | `"seconds"`, `"milliseconds"` | `std::time::Duration` | the whole number |
///
/// An `Option` is left out when it is `None`; a list in the query repeats its key. On `POST`, `PUT`
/// and `PATCH`, a single parameter without an attribute that is not a number, a `bool`, a `char` or
/// a string is the body. Query parameters and headers can have a `#[cfg(..)]`.
///
/// # Return type
///
/// `async fn … -> Result<T>` reads JSON, `Result<()>` ignores the body, `Result<Response<T>>`
/// includes the status and headers, and `Result<ByteStream>` streams the body. `Result<Bytes>` is
/// the raw body, up to 8 MiB, and `Result<String>` the text of a JSON string or of any other body;
/// both types are recognised by these names. `Result<Option<T>>` is `None` without content. `fn …
/// -> Pager<T>` reads a list page by page, and `fn begin_… -> Poller<T>` starts a long-running
/// operation. The error can be any type that implements `From<acs_rest::Error>`, and the return
/// type can be an alias.
///
/// # Options
///
/// | Option | Meaning |
/// |---|---|
/// | `repeatable` | the service recognises `Repeatability-Request-ID` and `Repeatability-First-Sent`: the call may be sent again |
/// | `repeatable = "request-id"` | the same, for a service that uses `Repeatability-Request-ID` alone |
/// | `repeatable = "body"` | the same, for a body that contains a `Repeatability`; without one, the call is sent once |
/// | `repeatable = "unconfirmed"` | both headers are sent; the call may be sent again once a response has contained `Repeatability-Result: accepted` |
/// | `idempotent` | a second execution changes nothing: the call may be sent again |
/// | `idempotent = "Operation-Id"` | the same, for a call that has this header |
/// | `api_version = "2024-09-15"` | overrides the version of the client |
/// | `timeout = "30s"`, `"500ms"` | overrides the client's timeout for the whole call |
/// | `header("Accept", "text/csv")` | a header of each call, unless `CallOptions` sets it; can be repeated |
/// | `success_codes(304, 404)` | responses with these statuses are not errors: `Result<Option<T>>` is `None`, and `Response` has the status and the headers |
/// | `items = "value"` | the field of a page that holds the items |
/// | `crate = my_crate::acs_rest` | the path of `acs_rest`, if it is not a direct dependency |
///
/// `#[since("2025-05-15")]` above a method names the api-version that introduced the operation: the
/// documentation shows it, and no earlier version is sent.
///
/// # Generated code
///
/// The documentation of each method ends with the request: `POST /rooms/<roomId>`, and the options.
///
/// The trait, in which `async fn f(..) -> R` is replaced by `fn f(..) -> impl Future<Output = R> +
/// Send`, so that calls can be spawned, and its implementation for `Client`.
///
/// The trait is implemented for `Client`, `&Client`, `Arc<Client>` and `Box<Client>`.
///
/// The methods have default bodies, which work for `Client` only. A test double implements the
/// methods that its test calls, as `async fn`; the others return an error that names the method.
///
/// The trait cannot have generics, associated types, or supertraits other than `Send`, `Sync`,
/// `Sized`, `Unpin`, `Clone`, `Debug` and `'static`.
#[proc_macro_attribute]
pub fn acs_operation(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    declare(Form::Single, arguments.into(), &item.into()).into()
}

/// Declares several operations in one trait.
///
/// ```ignore (needs acs-rest, whose documentation runs it)
/// #[acs_operations(timeout = "30s")]
/// pub trait Recordings {
///     #[acs_operation(GET, "/calling/recordings/<recordingId>")]
///     async fn recording(&self, recording_id: &str) -> Result<Recording>;
///
///     #[acs_operation(DELETE, "/calling/recordings/<recordingId>")]
///     async fn delete_recording(&self, recording_id: &str) -> Result<()>;
/// }
/// ```
///
/// Each method has an [`acs_operation`](macro@acs_operation) of its own, or a body, which is kept.
/// The options here are defaults for the methods: `repeatable` and `idempotent` for those other
/// than `GET` and `HEAD`, which are always safe to repeat; `items` for those that return a `Pager`,
/// and `success_codes` for the others. An option on the method itself takes precedence. `crate` can
/// only be set here.
#[proc_macro_attribute]
pub fn acs_operations(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    declare(Form::Group, arguments.into(), &item.into()).into()
}

/// Turns a struct or an enum into a model: a type that operations send and return as JSON.
///
/// ```ignore (needs acs-rest, whose documentation runs it)
/// #[acs_model]
/// pub struct MuteParticipantsRequest {
///     /// The participants to mute.
///     pub target_participants: Vec<CommunicationIdentifier>, // required: an argument of `new`
///     /// An opaque value that the service returns in the response.
///     pub operation_context: Option<String>, // optional: a setter, left out when it is `None`
/// }
///
/// #[acs_model]
/// pub enum TokenScope {
///     Chat,
///     #[serde(rename = "chat.join")]
///     ChatJoin,
/// }
///
/// let request = MuteParticipantsRequest::new([user]).operation_context("before the announcement");
/// ```
///
/// # Structs
///
/// | Field | `new` and setters | On the wire, as `camelCase` |
/// |---|---|---|
/// | `id: String` | `new(id: impl Into<String>)` | always sent, and required when read |
/// | `tags: Vec<T>`, a set or a map | `new(tags: impl IntoIterator<Item: Into<T>>)` | likewise |
/// | `name: Option<T>` | `.name(impl Into<T>)` | left out when it is `None`; never sent as `null` |
/// | `name: Option<Nullable<T>>` | `.name(impl Into<T>)`, `.remove_name()` | left out, `null` or a value, as in a JSON merge patch |
/// | `#[serde(default)] count: u32` | `.count(u32)` | always sent; the default when it is absent |
/// | `#[since("2025-05-15")] name: Option<T>` | as above | raises the api-version of a request that sets it |
///
/// Numbers, `bool` and `char` are taken without conversion. When an optional field is read, `null`
/// counts as absent; unknown fields are ignored.
///
/// # Structs of query parameters
///
/// `#[acs_model(query)]` declares query parameters that are passed together, as `#[query] options:
/// &ListOptions`:
///
/// ```ignore (needs acs-rest, whose documentation runs it)
/// #[acs_model(query)]
/// pub struct ListOptions {
///     pub max_page_size: Option<u32>, // maxPageSize=10
///     #[query("$filter")]
///     pub filter: Option<String>,
///     #[query(list = "comma")]
///     pub states: Option<Vec<String>>,
/// }
///
/// client.list(&ListOptions::new().max_page_size(10u32)).await?;
/// ```
///
/// The fields are encoded like the parameters of an operation; a field that is `None` is left out.
/// `new` and the setters are like those of other structs.
///
/// # String enums
///
/// An enum without fields is a string: the variant in `camelCase`, or the name of `#[serde(rename =
/// "..")]`. Case is ignored when it is read. An unknown string becomes the variant `UnknownValue`,
/// which is added. The enum has `as_str`, `Display`, `FromStr`, `From<&str>` and `From<String>`,
/// and it can be used in the path, the query and the headers of an operation.
///
/// # Tagged unions
///
/// An enum whose variants have fields is an object with a field for its kind:
///
/// | Variant | On the wire |
/// |---|---|
/// | `File(FileSource)` | `{"kind": "file", "file": {..}}` |
/// | `Group(#[serde(rename = "groupId")] String)` | `{"kind": "group", "groupId": ".."}` |
/// | `Static(#[serde(flatten)] StaticRule)` | `{"kind": "static", ..}` with the fields of the model |
/// | `Webhook { uri: String }` | `{"kind": "webhook", "uri": ".."}` |
/// | `Nothing` | `{"kind": "nothing"}` |
///
/// Case is ignored when the kind is read; if it is absent, the fields identify the variant. An
/// object of an unknown kind becomes the variant `UnknownKind`, which is added. Each variant with a
/// value gets a constructor, and each model that only one variant holds converts into the enum.
///
/// # Enums by status
///
/// With `#[acs_model(by_status)]`, the variants of an enum are the results of one operation with
/// different statuses. The operation must list statuses outside 2xx, as in `success_codes(304)`. The
/// value of a variant is read like the `T` of `Result<T>`, `Bytes` and `String` included:
///
/// ```ignore (needs acs-rest, whose documentation runs it)
/// #[acs_model(by_status)]
/// pub enum Exported {
///     #[status(200)]
///     Ready(Export),
///     #[status(202)]
///     Pending(ExportJob),
///     #[status(304)]
///     Unchanged,
/// }
/// ```
///
/// # Options
///
/// | Option | Meaning |
/// |---|---|
/// | `serialize` | the model is only sent: `Deserialize` is not implemented |
/// | `deserialize` | the model is only received: `Serialize` is not implemented |
/// | `query` | the fields are parameters of the query |
/// | `by_status` | the variants are the results of an operation with different statuses |
/// | `tag = "type"` | the field that names the kind, instead of `kind` |
/// | `crate = my_crate::acs_rest` | the path of `acs_rest`, if it is not a direct dependency |
///
/// # Generated code
///
/// `#[non_exhaustive]`, `Clone`, `Debug`, `PartialEq`, `Default` where nothing is required, `Eq`
/// and `Hash` for a string enum, the constructor and the setters, and serde's `Serialize` and
/// `Deserialize`. Further derives, such as `Eq` and `Hash`, are written below the attribute. The
/// crate does not need serde as a dependency.
///
/// Both directions are implemented by default, so that requests and results can be logged, stored
/// and used in test doubles. The implementations are generated directly rather than derived, which
/// takes less compile time than serde's `Serialize` derive alone. Attributes of serde that
/// `acs_model` does not know, such as `flatten` or `with` on a field, or `untagged` on an enum,
/// make it use serde's own derives.
#[proc_macro_attribute]
pub fn acs_model(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    models::declare(arguments.into(), item.into()).into()
}

/// Passes a declaration through the modules. A single operation is a group of one.
fn declare(form: Form, arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let Some(declaration) = Declaration::parse(form, arguments, item) else {
        return fallback::fallback(form, item);
    };
    let diagnostics = Diagnostics::new();
    let model = check::check(&declaration, &diagnostics);
    match crate_name::missing().filter(|_| model.runtime.is_none()) {
        Some(missing) => {
            diagnostics.report(missing);
            expand::detached(&model, &diagnostics.finish())
        }
        None => expand::expand(&model, &diagnostics.finish()),
    }
}

#[cfg(test)]
mod golden;
