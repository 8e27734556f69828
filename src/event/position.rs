//! A position in a text.

/// A line and a column (in bytes), both from 0.
#[derive(Clone, Copy, Default)]
pub(super) struct Position {
    line: usize,
    column: usize,
}

impl Position {
    /// The position behind `text`, which begins here.
    pub(super) fn after(self, text: &str) -> Self {
        match text.rfind('\n') {
            None => Self { column: self.column + text.len(), ..self },
            Some(end) => {
                Self { line: self.line + text.matches('\n').count(), column: text.len() - end - 1 }
            }
        }
    }

    /// The line and the column, from 1, of an error in JSON that begins here.
    pub(super) fn of(self, error: &serde_json::Error) -> (usize, usize) {
        let column = if error.line() == 1 { self.column } else { 0 };
        (self.line + error.line(), column + error.column())
    }
}
