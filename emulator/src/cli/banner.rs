//! The text that the program prints at its start: the lines to paste for each language.

use std::fmt;

/// The endpoints of the emulator, and the certificate that clients must trust.
#[derive(Debug)]
pub(super) struct Banner {
    pub(super) http_endpoint: String,
    pub(super) https: Option<Https>,
    pub(super) access_key: String,
    /// The audience (`aud`) of webhook tokens.
    pub(super) audience: String,
    pub(super) user_token: Option<String>,
}

#[derive(Debug)]
pub(super) struct Https {
    pub(super) endpoint: String,
    pub(super) ca_certificate: String,
}

impl Banner {
    fn connection_string(&self, endpoint: &str) -> String {
        format!("endpoint={endpoint}/;accesskey={}", self.access_key)
    }
}

impl fmt::Display for Banner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (http, https) = (&self.http_endpoint, self.https.as_ref());
        let version = env!("CARGO_PKG_VERSION");
        write!(formatter, "acs-rest-emulator {version}: Azure Communication Services on {http}")?;
        if let Some(https) = https {
            write!(formatter, " and {}", https.endpoint)?;
        }
        writeln!(formatter, "\nCtrl-C or SIGTERM stops it.\n")?;
        let endpoint = https.map_or(http, |https| &https.endpoint);
        writeln!(formatter, "Connection string: {}", self.connection_string(endpoint))?;
        if let Some(https) = https {
            writeln!(formatter, "CA certificate:    {}", https.ca_certificate)?;
        }
        writeln!(formatter, "Webhook audience:  {}", self.audience)?;
        writeln!(formatter, "Page:              {http}/_emulator/")?;
        if let Some(token) = &self.user_token {
            writeln!(formatter, "User token:        {token}")?;
        }
        let text = self.connection_string(http);
        writeln!(formatter, "\nRust\n  let client = Client::from_connection_string(\"{text}\")?;")?;
        match https {
            Some(https) => self.write_other_languages(formatter, https)?,
            None => writeln!(formatter, "Microsoft's SDKs need https: leave `--no-https` out.")?,
        }
        writeln!(formatter, "\n")
    }
}

impl Banner {
    fn write_other_languages(
        &self,
        formatter: &mut fmt::Formatter<'_>,
        https: &Https,
    ) -> fmt::Result {
        let text = self.connection_string(&https.endpoint);
        let ca = &https.ca_certificate;
        // Client libraries do not use the system's trust store; each has a setting of its own.
        write!(
            formatter,
            "\
Python
  export REQUESTS_CA_BUNDLE='{ca}' SSL_CERT_FILE='{ca}'
  client = CallAutomationClient.from_connection_string(\"{text}\")
JavaScript
  export NODE_EXTRA_CA_CERTS='{ca}'
  const client = new CallAutomationClient(\"{text}\");
.NET
  export SSL_CERT_FILE='{ca}'
  var client = new CallAutomationClient(\"{text}\");
Java
  keytool -importcert -noprompt -alias acs-rest-emulator -file '{ca}' -keystore emulator.p12 -storepass changeit
  export JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=emulator.p12 -Djavax.net.ssl.trustStorePassword=changeit'
  var client = new CallAutomationClientBuilder().connectionString(\"{text}\").buildClient();
"
        )
    }
}
