//! The transcripts that the service streams.

use std::time::Duration;

use crate::event::model::event_data;
use crate::{CommunicationIdentifier, acs_model};

event_data! {
    /// The options of a transcription: the first frame of its stream.
    #[derive(Eq)]
    pub struct TranscriptionMetadata {
        /// The id of the stream.
        subscription_id: String,
        /// The language, such as `en-US`.
        locale: String,
        /// The languages that the service chooses from. Sent by preview versions.
        locales: Vec<String>,
        /// The id by which operations address the call.
        call_connection_id: String,
        /// The id by which the logs of the service name the call.
        correlation_id: String,
        /// The endpoint of a custom speech model.
        speech_recognition_model_endpoint_id: String,
        /// The endpoint of a custom speech model, as preview versions name it.
        speech_model_endpoint_id: String,
        /// Whether the service analyzes the sentiment. Sent by preview versions.
        enable_sentiment_analysis: bool,
        /// How personal data is redacted. Sent by preview versions.
        pii_redaction_options: PiiRedactionOptions,
    }

    /// How personal data is redacted.
    #[derive(Eq)]
    pub struct PiiRedactionOptions {
        /// Whether personal data is redacted.
        enable: bool,
        /// The kind of replacement for redacted text.
        redaction_type: String,
    }

    /// What a participant said.
    pub struct TranscriptionData {
        /// The text.
        text: String,
        /// The format of the text, such as `display`.
        format: String,
        /// The confidence of the recognition, from 0 to 1.
        confidence: f64,
        /// When the speech began, relative to the start of the stream.
        #[serde(with = "super::ticks")]
        offset: Duration,
        /// How long the speech lasted.
        #[serde(with = "super::ticks")]
        duration: Duration,
        /// The words of the text.
        words: Vec<TranscribedWord>,
        /// The participant who spoke.
        #[serde(rename = "participantRawID", with = "super::raw_id")]
        participant: CommunicationIdentifier,
        /// Whether the text can still change.
        result_status: TranscriptionResultStatus,
        /// The sentiment. Sent by preview versions.
        sentiment_analysis_result: SentimentAnalysisResult,
    }

    /// A word of a transcript.
    #[derive(Eq)]
    pub struct TranscribedWord {
        /// The word.
        text: String,
        /// When the word began, relative to the start of the stream.
        #[serde(with = "super::ticks")]
        offset: Duration,
        /// How long the word lasted.
        #[serde(with = "super::ticks")]
        duration: Duration,
    }

    /// The sentiment of a text.
    #[derive(Eq)]
    pub struct SentimentAnalysisResult {
        /// The sentiment, such as `positive`.
        sentiment: String,
    }
}

/// Whether a text can still change.
#[acs_model]
#[serde(rename_all = "PascalCase")]
pub enum TranscriptionResultStatus {
    /// The text is final.
    Final,
    /// The text will be replaced by that of a later frame.
    Intermediate,
}
