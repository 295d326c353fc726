using System.Runtime.InteropServices;

namespace Httpx;

/// <summary>The system's libzstd, where it is: the few functions that a streaming decoder needs.</summary>
/// <remarks>Looked up by hand, as the library has another name on every system and may be missing on each.</remarks>
internal sealed unsafe class ZstdLibrary
{
    /// <summary>The largest window that a content coding may use, as a power of two: 8 MiB (RFC 9659 3).</summary>
    private const int MaxWindowLog = 23;

    /// <summary>ZSTD_d_windowLogMax of zstd.h.</summary>
    private const int WindowLogMaxParameter = 100;

    /// <summary>1.4.0: the first with a stable interface for parameters.</summary>
    private const uint OldestVersion = 1_04_00;

    private readonly delegate* unmanaged[Cdecl]<nint> _create;
    private readonly delegate* unmanaged[Cdecl]<nint, nuint> _free;
    private readonly delegate* unmanaged[Cdecl]<nint, int, int, nuint> _setParameter;
    private readonly delegate* unmanaged[Cdecl]<nint, ZstdBuffer*, ZstdBuffer*, nuint> _decompressStream;
    private readonly delegate* unmanaged[Cdecl]<nuint, uint> _isError;
    private readonly delegate* unmanaged[Cdecl]<nuint, nint> _errorName;

    private ZstdLibrary(nint library, uint version)
    {
        Version = version;
        _create = (delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(library, "ZSTD_createDCtx");
        _free = (delegate* unmanaged[Cdecl]<nint, nuint>)NativeLibrary.GetExport(library, "ZSTD_freeDCtx");
        _setParameter = (delegate* unmanaged[Cdecl]<nint, int, int, nuint>)NativeLibrary.GetExport(library, "ZSTD_DCtx_setParameter");
        _decompressStream = (delegate* unmanaged[Cdecl]<nint, ZstdBuffer*, ZstdBuffer*, nuint>)NativeLibrary.GetExport(
            library, "ZSTD_decompressStream");
        _isError = (delegate* unmanaged[Cdecl]<nuint, uint>)NativeLibrary.GetExport(library, "ZSTD_isError");
        _errorName = (delegate* unmanaged[Cdecl]<nuint, nint>)NativeLibrary.GetExport(library, "ZSTD_getErrorName");
    }

    /// <summary>The library of this machine; null where there is none, or only one from before 1.4.</summary>
    internal static ZstdLibrary? Instance { get; } = Load();

    /// <summary>Its version as one number: 10507 is 1.5.7.</summary>
    internal uint Version { get; }

    private static string[] Names =>
        OperatingSystem.IsWindows() ? ["libzstd", "zstd"]
        : OperatingSystem.IsMacOS() ? ["libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "/usr/local/lib/libzstd.1.dylib"]
        : ["libzstd.so.1", "libzstd.so", "libzstd"];

    internal ZstdContext CreateContext()
    {
        var context = new ZstdContext(this, _create());
        if (context.IsInvalid)
        {
            throw new InsufficientMemoryException("libzstd could not allocate a decoder.");
        }

        var result = _setParameter(context.DangerousGetHandle(), WindowLogMaxParameter, MaxWindowLog);
        if (IsError(result))
        {
            context.Dispose();
            throw new InvalidOperationException($"libzstd refused the limit of its window: {ErrorName(result)}.");
        }

        return context;
    }

    internal void Free(nint context) => _free(context);

    /// <summary>One step; the result is 0 at the end of a frame, an error, or a hint that more is to come.</summary>
    internal nuint Decompress(ZstdContext context, ReadOnlySpan<byte> input, Span<byte> destination, out int consumed, out int written)
    {
        var held = false;
        try
        {
            context.DangerousAddRef(ref held);
            fixed (byte* source = input)
            fixed (byte* target = destination)
            {
                var from = new ZstdBuffer { Data = source, Size = (nuint)input.Length };
                var to = new ZstdBuffer { Data = target, Size = (nuint)destination.Length };
                var result = _decompressStream(context.DangerousGetHandle(), &to, &from);
                (consumed, written) = ((int)from.Position, (int)to.Position);
                return result;
            }
        }
        finally
        {
            if (held)
            {
                context.DangerousRelease();
            }
        }
    }

    internal bool IsError(nuint result) => _isError(result) != 0;

    internal string? ErrorName(nuint result) => Marshal.PtrToStringUTF8(_errorName(result));

    private static ZstdLibrary? Load()
    {
        // Not from the current folder: what lies there may be anybody's.
        const DllImportSearchPath Folders = DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories;
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, typeof(ZstdLibrary).Assembly, Folders, out var library))
            {
                continue;
            }

            if (NativeLibrary.TryGetExport(library, "ZSTD_versionNumber", out var number) &&
                ((delegate* unmanaged[Cdecl]<uint>)number)() is >= OldestVersion and var version)
            {
                return new ZstdLibrary(library, version);
            }

            NativeLibrary.Free(library);
        }

        return null;
    }

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which have the same fields.</summary>
    private struct ZstdBuffer
    {
        public byte* Data;
        public nuint Size;
        public nuint Position;
    }
}

/// <summary>The state of one zstd decoder (ZSTD_DCtx).</summary>
internal sealed class ZstdContext : SafeHandle
{
    private readonly ZstdLibrary _library;

    internal ZstdContext(ZstdLibrary library, nint context)
        : base(0, ownsHandle: true)
    {
        _library = library;
        SetHandle(context);
    }

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        _library.Free(handle);
        return true;
    }
}
