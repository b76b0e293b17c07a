//! Double clicks, two tabs, two devices.

use gradpass::sandbox::seek::Endpoint;

use super::invited;
use crate::world::process;

#[test]
fn many_clicks_are_one_submission_with_one_link() {
    let (world, seek, codes) = invited(3);
    let service = world.serve();
    let clicks: Vec<_> = (0..60).map(|number| (service.visitor(), codes[number % 3].clone())).collect();
    let answers = process(async {
        let mut tasks = tokio::task::JoinSet::new();
        for (index, (visitor, code)) in clicks.into_iter().enumerate() {
            tasks.spawn(async move {
                let form = [("code", code.as_str())];
                (index % 3, visitor.arriving(&form).await)
            });
        }
        tasks.join_all().await
    });
    for graduate in 0..3 {
        let mut links: Vec<_> =
            answers.iter().filter(|(of, _)| *of == graduate).map(|(_, link)| link).collect();
        assert_eq!(links.len(), 20);
        links.dedup();
        assert_eq!(links.len(), 1, "one link for one graduate");
    }
    assert_eq!((seek.seek.calls(Endpoint::Add), seek.seek.submissions()), (3, 3));
    assert_eq!(world.count("SELECT count(*) FROM submission"), 3);
}
