namespace Httpx.Tests.Fixtures;

/// <summary>Three bytes that can be read once.</summary>
internal sealed class OneShotStream() : MemoryStream(new byte[3])
{
    public override bool CanSeek => false;
}
