//! In a function, in a module with types from above, private and half private.

#![deny(warnings, missing_docs)]

mod calls {
    use acs_rest::{Result, acs_operation};

    #[derive(serde::Serialize)]
    pub(crate) struct Request;

    #[derive(serde::Deserialize)]
    struct Hidden {
        #[allow(dead_code)]
        state: String,
    }

    mod inner {
        use acs_rest::{Result, acs_operation};

        #[acs_operation(POST, "/calls")]
        pub(in crate::calls) trait Create {
            async fn create(&self, request: &super::Request) -> Result<super::Hidden>;
        }
    }

    #[acs_operation(GET, "/calls/<id>")]
    trait Private {
        async fn private(&self, id: &str) -> Result<Hidden>;
    }

    #[acs_operation(GET, "/calls/<id>")]
    pub(crate) trait Shared {
        async fn shared(&self, id: &str) -> Result<()>;
    }

    pub(crate) async fn all(client: &acs_rest::Client) -> Result<()> {
        use inner::Create as _;
        client.create(&Request).await?;
        client.private("id").await?;
        client.shared("id").await
    }
}

fn main() {
    use acs_rest::{Result, acs_operation};

    #[acs_operation(GET, "/local/<id>")]
    trait Local {
        async fn local(&self, id: &str) -> Result<()>;
    }

    let _ = |client: acs_rest::Client| async move {
        calls::all(&client).await?;
        client.local("id").await
    };
}
