fn main() {
    // There is none: the page may give our own commands alone. Where others are looked for is said all the same,
    // as the folder that Tauri would watch is not there, and Cargo takes what is not there for changed.
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
