namespace Httpx.Tests.Sending;

public sealed class HookListTests
{
    [Fact]
    public async Task Hooks_run_in_the_order_in_which_they_were_added()
    {
        var seen = new List<string>();
        HookList<int> hooks = new()
        {
            n => seen.Add($"first {n}"),
            async n =>
            {
                await Task.Yield();
                seen.Add($"second {n}");
            },
            n => seen.Add($"third {n}"),
        };
        hooks.Count.ShouldBe(3);
        await hooks.RunAsync(7, blocking: false);
        seen.ShouldBe(["first 7", "second 7", "third 7"]);
    }

    [Fact]
    public void An_empty_list_has_nothing_to_run()
    {
        var hooks = new HookList<int>();
        hooks.IsEmpty.ShouldBeTrue();
        Blocking.Result(hooks.RunAsync(1, blocking: true));
        hooks.Add(_ => { });
        hooks.IsEmpty.ShouldBeFalse();
        hooks.Clear();
        hooks.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void The_blocking_face_takes_a_task_that_is_complete_at_once()
    {
        var ran = false;
        HookList<int> hooks = new()
        {
            _ =>
            {
                ran = true;
                return Task.CompletedTask;
            },
        };
        Blocking.Result(hooks.RunAsync(1, blocking: true));
        ran.ShouldBeTrue();
    }

    [Fact]
    public void The_blocking_face_refuses_a_task_that_has_to_wait()
    {
        var never = new TaskCompletionSource();
        HookList<int> hooks = new() { _ => never.Task };
        Should.Throw<InvalidOperationException>(() => Blocking.Result(hooks.RunAsync(1, blocking: true))).Message.ShouldContain("AsyncClient");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_hook_throws_comes_out_as_it_is_and_ends_the_run(bool blocking)
    {
        var later = false;
        HookList<int> hooks = new() { _ => throw new InvalidDataException("mine"), _ => later = true };
        (await Should.ThrowAsync<InvalidDataException>(async () => await hooks.RunAsync(1, blocking))).Message.ShouldBe("mine");
        later.ShouldBeFalse();
        HookList<int> failing = new() { _ => Task.FromException(new InvalidDataException("mine too")) };
        (await Should.ThrowAsync<InvalidDataException>(async () => await failing.RunAsync(1, blocking))).Message.ShouldBe("mine too");
    }

    [Fact]
    public async Task A_hook_may_add_another_for_the_next_run()
    {
        var runs = 0;
        var hooks = new HookList<int>();
        hooks.Add(_ => hooks.Add(_ => runs++));
        await hooks.RunAsync(1, blocking: false);
        runs.ShouldBe(0);
        await hooks.RunAsync(1, blocking: false);
        runs.ShouldBe(1);
    }

    [Fact]
    public void A_copy_has_the_same_hooks_and_a_life_of_its_own()
    {
        var hooks = new EventHooks { Request = { _ => { } }, Response = { _ => { }, _ => { } } };
        var copy = hooks.Copy();
        hooks.Request.Add(_ => { });
        hooks.Response.Clear();
        copy.Request.Count.ShouldBe(1);
        copy.Response.Count.ShouldBe(2);
    }
}
