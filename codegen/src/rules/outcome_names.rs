//! Checks that no enum that is generated for the responses of an operation has the same name as a type that is
//! generated for a schema.

use partner_model::rules::type_name_collision;
use partner_model::{Model, SuccessBodies};
use partner_spec::Findings;

pub(super) fn check_model(model: &Model, found: &mut Findings) {
    for operation in &model.operations {
        if let SuccessBodies::ByStatus { enum_name: name, .. } = &operation.success_bodies
            && model.types.contains_key(name)
        {
            found.push(type_name_collision::new_success_enum_collision_finding(
                name,
                &operation.id,
                &operation.id_location,
            ));
        }
    }
}
