//! What the names of a file mean as far as its imports say: `aio.gather` is `asyncio.gather`.

use std::collections::BTreeMap;

use ruff_python_ast::{AnyNodeRef, Expr, ModModule};

use super::shape;

/// The imports of one file, wherever in it they stand.
#[derive(Debug, Default)]
pub struct Names {
    /// What each imported name stands for, as a dotted path.
    imports: BTreeMap<String, String>,
    /// Modules whose public names were all imported.
    stars: Vec<String>,
}

impl Names {
    #[must_use]
    pub fn of(module: &ModModule) -> Self {
        let mut names = Self::default();
        for node in shape::nodes(&module.body) {
            match node {
                AnyNodeRef::StmtImport(it) => {
                    for alias in &it.names {
                        let (local, path) = if let Some(local) = &alias.asname {
                            (local.as_str(), alias.name.as_str())
                        } else {
                            // `import a.b` binds `a`.
                            let first = alias.name.as_str().split('.').next().unwrap_or_default();
                            (first, first)
                        };
                        names.imports.insert(local.to_owned(), path.to_owned());
                    }
                }
                AnyNodeRef::StmtImportFrom(it) => {
                    let Some(module) = it.module.as_ref().filter(|_| it.level == 0) else {
                        continue;
                    };
                    for alias in &it.names {
                        if alias.name.as_str() == "*" {
                            names.stars.push(module.to_string());
                        } else {
                            let local = alias.asname.as_ref().unwrap_or(&alias.name);
                            names
                                .imports
                                .insert(local.to_string(), format!("{module}.{}", alias.name));
                        }
                    }
                }
                _ => {}
            }
        }
        names
    }

    /// The dotted path of a name or attribute, if it begins with an imported name.
    #[must_use]
    pub fn path(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(it) => {
                let local = it.id.as_str();
                let star = || self.stars.first().map(|module| format!("{module}.{local}"));
                self.imports.get(local).cloned().or_else(star)
            }
            Expr::Attribute(it) => Some(format!("{}.{}", self.path(&it.value)?, it.attr)),
            _ => None,
        }
    }

    /// The part of the path after `asyncio.`; submodules such as `asyncio.tasks` count as the package.
    #[must_use]
    pub fn of_asyncio(&self, expression: &Expr) -> Option<String> {
        let path = self.path(expression)?;
        let rest = path.strip_prefix("asyncio.")?;
        let submodules = [
            "tasks.",
            "locks.",
            "queues.",
            "timeouts.",
            "taskgroups.",
            "events.",
            "runners.",
        ];
        let name = submodules.iter().find_map(|submodule| rest.strip_prefix(submodule));
        Some(name.unwrap_or(rest).to_owned())
    }
}
