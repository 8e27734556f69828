//! The attributes of [`acs-rest`](https://docs.rs/acs-rest), which re-exports and tests them.
//!
//! `models` implements `acs_model`. A declaration of operations passes through the other modules in
//! this order:
//!
//! 1. `syntax` parses the source with its spans; it reads a trait with syntax errors item by item.
//! 2. `template` parses the path into segments of literals and placeholders.
//! 3. `check` applies every rule. It reports errors to `diagnostics` and builds the model.
//! 4. `model` holds the operations, and the methods that contain an error.
//! 5. `expand` generates the user's trait, its implementation for `Client`, and the errors.
//!
//! `fallback` handles items other than traits, `crate_name` finds the name of the crate in the
//! manifest, and `names` changes the case of names and finds similar ones.

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

/// Declares the only method of a trait as a REST operation, and implements the trait for `Client`.
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
/// The arguments are `GET`, `HEAD`, `POST`, `PUT`, `PATCH` or `DELETE`, and then the path as on the
/// REST page, from its first `/`, without host and query. A `<placeholder>` can be anywhere in a
/// segment. The placeholder `<callConnectionId>` is replaced by the parameter `call_connection_id`.
/// A parameter with `#[url]` is the whole URL and replaces the path.
///
/// # Parameters
///
/// | Written | Sent as |
/// |---|---|
/// | `id: &str`, `#[path] id: &str` | the placeholder `<id>` |
/// | `#[path("id")] other: &str` | the placeholder `<id>` |
/// | `#[query] max_page_size: Option<u32>` | `maxPageSize=…` |
/// | `#[query("$top")] top: u32` | `$top=…` |
/// | `#[query] options: &ListOptions` | the fields of a struct declared with `#[acs_model(query)]`, or the entries of a map |
/// | `#[query(list = "comma")] tags: &[&str]` | `tags=a,b`; a comma in a value is encoded |
/// | `#[header("If-Match")] etag: &str` | the header; the values of a list are separated by commas |
/// | `#[url] location: &str` | the whole URL, as returned by an earlier response; a URL that is not on the client's own host is refused, and `api-version` is added if it is missing |
/// | `#[body] request: &Request` | the body, as JSON |
/// | `#[body(content_type = "application/merge-patch+json")] …` | the body, as JSON with this content type, which a `PATCH` must state |
/// | `#[body(content_type = "audio/wav")] file: Bytes` | the raw body: `Bytes`, `&[u8]`, `Vec<u8>`, `&str` or `String` |
/// | `#[body(content_type = "application/x-www-form-urlencoded")] …` | a form, encoded like a struct of query parameters |
///
/// A value in the query or a header is a string, a number, a `bool`, a UUID, a
/// `time::OffsetDateTime`, a string enum declared with `#[acs_model]`, or any type that implements
/// `acs_rest::QueryValue`. `format = ".."` in `#[query(..)]` and `#[header(..)]` selects the format
/// of a time or a duration:
///
/// | Format | Type | Written |
/// |---|---|---|
/// | `"rfc3339"` | `time::OffsetDateTime` | `2024-09-15T08:49:37Z`, as in the query by default |
/// | `"http_date"` | `time::OffsetDateTime` | `Sun, 15 Sep 2024 08:49:37 GMT`, as in a header by default |
/// | `"unix_seconds"` | `time::OffsetDateTime` | `1726390177` |
/// | `"date"` | `time::OffsetDateTime` | `2024-09-15` |
/// | `"seconds"`, `"milliseconds"` | `std::time::Duration` | the whole number |
///
/// An `Option` is omitted when it is `None`. A list in the query repeats its key. On `POST`, `PUT`
/// and `PATCH`, a parameter without an attribute is the body if it is the only one whose type is
/// not a number, a `bool`, a `char` or a string. Query parameters and headers can have a
/// `#[cfg(..)]`.
///
/// # Return type
///
/// | Declared | Returns |
/// |---|---|
/// | `async fn … -> Result<T>` | the JSON body |
/// | `async fn … -> Result<Option<T>>` | the JSON body, or `None` if the response has no content |
/// | `async fn … -> Result<()>` | nothing; the body is ignored |
/// | `async fn … -> Result<Response<T>>` | the result with the status and headers of its response |
/// | `async fn … -> Result<Bytes>` | the raw body, up to 8 MiB |
/// | `async fn … -> Result<String>` | the text of a JSON string, or of any other body |
/// | `async fn … -> Result<ByteStream>` | the body as a stream |
/// | `fn … -> Pager<T>` | a list, which is read page by page |
/// | `fn begin_… -> Poller<T>` | a long-running operation; its name has this prefix, as in the Azure SDK |
///
/// `Bytes` and `String` are recognised by these names. The error can be any type that implements
/// `From<acs_rest::Error>`, and the return type can be an alias.
///
/// # Options
///
/// | Option | Meaning |
/// |---|---|
/// | `repeatable` | the service recognises a repeated request by `Repeatability-Request-ID` and `Repeatability-First-Sent`, and the client may send it again |
/// | `repeatable = "request-id"` | as `repeatable`, for a service that uses `Repeatability-Request-ID` alone |
/// | `repeatable = "body"` | as `repeatable`, for a body that contains a `Repeatability`; without one, the request is sent once |
/// | `repeatable = "unconfirmed"` | both headers are sent, but the client sends a request again only after a response has contained `Repeatability-Result: accepted` |
/// | `idempotent` | a second execution changes nothing, and the client may send the request again |
/// | `idempotent = "Operation-Id"` | as `idempotent`, for a request that has this header |
/// | `api_version = "2024-09-15"` | overrides the api-version of the client |
/// | `timeout = "30s"`, `"500ms"` | overrides the client's timeout for the whole call |
/// | `header("Accept", "text/csv")` | adds a header to each request, unless `CallOptions` sets it; can be repeated |
/// | `success_codes(304, 404)` | responses with these statuses are not errors: `Result<Option<T>>` is `None`, and `Response` holds the status and the headers |
/// | `items = "value"` | the field of a page that holds the items |
/// | `crate = my_crate::acs_rest` | the path of `acs_rest`, if it is not a direct dependency |
///
/// `#[since("2025-05-15")]` above a method names the api-version that introduced the operation. The
/// generated documentation shows it, and calls send this version or a later one.
///
/// # Generated code
///
/// The attribute generates the trait and its implementations for `Client`, `&Client`, `Arc<Client>`
/// and `Box<Client>`. `async fn f(..) -> R` becomes `fn f(..) -> impl Future<Output = R> + Send`,
/// which can be spawned. The documentation of each method ends with the request, such as `POST
/// /rooms/<roomId>`, and the options.
///
/// The methods have default bodies, which work for `Client` only. A test double implements the
/// methods that its test calls, as `async fn`; every other method returns an error that names the
/// method.
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
/// Each method has its own [`acs_operation`](macro@acs_operation), or a body, which is kept. The
/// options of `acs_operations` are defaults for the methods: `repeatable` and `idempotent` apply to
/// methods other than `GET` and `HEAD`, which are always safe to repeat; `items` applies to those
/// that return a `Pager`, and `success_codes` to the others. An option on the method takes
/// precedence. `crate` can be set on `acs_operations` only.
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
/// | `name: Option<T>` | `.name(impl Into<T>)` | omitted when it is `None`; never sent as `null` |
/// | `name: Option<Nullable<T>>` | `.name(impl Into<T>)`, `.remove_name()` | omitted, `null` or a value, as in a JSON merge patch |
/// | `#[serde(default)] count: u32` | `.count(u32)` | always sent; read as the default when it is absent |
/// | `#[since("2025-05-15")] name: Option<T>` | as above | raises the api-version of a request that sets it |
/// | `at: OffsetDateTime`, in an `Option` or a list too | as above | RFC 3339; an optional one in the year 1, .NET's least, is `None` |
///
/// `new` and the setters take numbers, `bool` and `char` without conversion. When an optional field
/// is read, `null` counts as absent. Unknown fields are ignored.
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
/// The fields are encoded like the parameters of an operation; a field that is `None` is omitted.
/// `new` and the setters are like those of other structs.
///
/// # String enums
///
/// An enum without fields is a string: the variant in `camelCase`, or the name of `#[serde(rename =
/// "..")]`. Case is ignored when the string is read. The attribute adds a variant `UnknownValue`
/// for unknown strings. The enum has `as_str`, `Display`, `FromStr`, `From<&str>` and
/// `From<String>`, and can be used in the path, the query and the headers of an operation.
///
/// # Tagged unions
///
/// An enum whose variants have fields is an object in which one field names the variant:
///
/// | Variant | On the wire |
/// |---|---|
/// | `File(FileSource)` | `{"kind": "file", "file": {..}}` |
/// | `Group(#[serde(rename = "groupId")] String)` | `{"kind": "group", "groupId": ".."}` |
/// | `Static(#[serde(flatten)] StaticRule)` | `{"kind": "static", ..}` with the fields of the model |
/// | `Webhook { uri: String }` | `{"kind": "webhook", "uri": ".."}` |
/// | `Nothing` | `{"kind": "nothing"}` |
///
/// Case is ignored when the kind is read; if the kind is absent, the other fields identify the
/// variant. The attribute adds a variant `UnknownKind` for objects of an unknown kind. It generates
/// a constructor for each variant with a value, and a `From` implementation for each model that
/// only one variant holds.
///
/// # Enums by status
///
/// With `#[acs_model(by_status)]`, each variant of an enum is the result of one operation for a
/// certain status. The operation must list statuses outside 2xx, as in `success_codes(304)`. The
/// value of a variant is read like the `T` of `Result<T>`, including `Bytes` and `String`:
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
/// | `by_status` | each variant is the result of an operation for a certain status |
/// | `tag = "type"` | the field that names the kind, instead of `kind` |
/// | `crate = my_crate::acs_rest` | the path of `acs_rest`, if it is not a direct dependency |
///
/// # Generated code
///
/// The attribute generates `#[non_exhaustive]`, `Clone`, `Debug`, `PartialEq`, `Default` where
/// nothing is required, `Eq` and `Hash` for a string enum, the constructor and the setters, and
/// serde's `Serialize` and `Deserialize`. Write further derives, such as `Eq` and `Hash`, below the
/// attribute. The crate that declares the model does not need serde as a dependency.
///
/// By default, a model implements both `Serialize` and `Deserialize`: requests and results can be
/// logged, stored and used in test doubles. The implementations are generated without serde's
/// derive macros, which takes less compile time than the `Serialize` derive alone. If the model has
/// attributes of serde that `acs_model` does not handle, such as `flatten` or `with` on a field or
/// `untagged` on an enum, `acs_model` uses serde's derives instead.
#[proc_macro_attribute]
pub fn acs_model(
    arguments: proc_macro::TokenStream,
    item: proc_macro::TokenStream,
) -> proc_macro::TokenStream {
    models::declare(arguments.into(), item.into()).into()
}

/// Checks and expands a declaration. A single operation is a group of one.
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
